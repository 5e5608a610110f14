"""What the public reads of a report: its pages, its charts, its files and its feed, each made from the published document alone.

From the inside out: ``shown`` (a figure), ``names`` and ``months`` (what codes and periods are called); ``tables``,
``listings``, ``headlines`` and ``comparing`` (figures in their order) and ``charts``; ``definitions``, ``written`` and
``words`` (sentences), ``numbers`` (which numbers sentences may tell); ``parts`` and ``pages``, ``files``, ``feed``. All of it
goes to the public site by ``drafts`` and to the desk by ``preview``; ``protection`` is for the desk alone.
"""
