"""What must hold of each section of an application: typed section in, list of problems out.

Paths are relative to the section, as in ``trade/due_date``; codes have their messages in
``messages``. A form calls its own section, ``whole`` calls them all.
"""
