"""25 September 2018, 15:00: how the desk reads days and hours, everywhere. Pages for readers have their own way."""

DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y, H:i"
SHORT_DATETIME_FORMAT = "j F, H:i"
MONTH_DAY_FORMAT = "j F"
