"""The service under Windows. In: a Program. Out: a task that starts at logon. Next: unit.

The settings of a task cannot hold environment variables; those of the person's account reach it by themselves.
"""

import subprocess
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

from .unit import Program, Unit

TASK: Final = "midback"
NAMESPACE: Final = "http://schemas.microsoft.com/windows/2004/02/mit/task"


def scheduled_task(program: Program, data_dir: Path) -> Unit:
    """Return the task; its description lies in the data folder's ``watch``."""
    path = data_dir / "watch" / "task.xml"
    run = ("schtasks", "/Run", "/TN", TASK)
    return Unit(
        system="Task Scheduler",
        files={path: task_xml(program)},
        links={},
        start=(("schtasks", "/Create", "/TN", TASK, "/XML", str(path), "/F"), run),
        stop=(("schtasks", "/End", "/TN", TASK), ("schtasks", "/Delete", "/TN", TASK, "/F")),
        running=("schtasks", "/Query", "/TN", TASK),
        by_hand=" ".join(run),
    )


def task_xml(program: Program) -> bytes:
    """Return the task's description, in the encoding the Task Scheduler reads."""
    # Without a window of its own where Python has such a program beside it.
    command = program.words[0]
    if command.lower().endswith("python.exe"):
        command = f"{command[:-10]}pythonw.exe"
    arguments = subprocess.list2cmdline(program.words[1:])
    text = f"""<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="{NAMESPACE}">
  <RegistrationInfo>
    <Description>midback: senses sitting and suggests breaks</Description>
  </RegistrationInfo>
  <Triggers>
    <LogonTrigger><Enabled>true</Enabled></LogonTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <Priority>7</Priority>
    <RestartOnFailure>
      <Interval>PT1M</Interval>
      <Count>10</Count>
    </RestartOnFailure>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{escape(command)}</Command>
      <Arguments>{escape(arguments)}</Arguments>
    </Exec>
  </Actions>
</Task>
"""
    return text.encode("utf-16")
