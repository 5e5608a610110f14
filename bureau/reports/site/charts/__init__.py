"""The charts of a report: which there are (``choosing``), what each holds (``chart``), and how it is drawn (``drawing``)."""
