"""The tables of reports: how a bureau reports, what it published, and numbers that are written down by hand."""

from .noted import Indicator, NotedFigure
from .preparing import ReportPreparation
from .reports import MonthReport, ReportPlan, ReportSeries

__all__ = ["Indicator", "MonthReport", "NotedFigure", "ReportPlan", "ReportPreparation", "ReportSeries"]
