"""The project's frame: settings, addresses, timetable and the commands of the platform."""
