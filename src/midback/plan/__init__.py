"""What to do and when: answers -> Clearance; exposure, pain, history -> Plan; interrupt now?"""
