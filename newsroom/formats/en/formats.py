"""September 25, 2018, 15:00: the day as the stories print it, the hour without a.m. or p.m."""

DATE_FORMAT = "F j, Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "F j, Y, H:i"
SHORT_DATETIME_FORMAT = "F j, H:i"
