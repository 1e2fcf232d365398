"""The hard thinking: values in, values out. No Django, no files, no clock, no chance."""
