"""The verbs of the command line, one module a verb; each is imported when it is asked for."""
