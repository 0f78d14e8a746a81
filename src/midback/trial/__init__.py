"""Did it help: what a diary of one person can tell, and what it cannot. In: days and ratings. Out: share."""
