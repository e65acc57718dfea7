"""The ``depeche`` command: the desk's use cases from a shell."""
