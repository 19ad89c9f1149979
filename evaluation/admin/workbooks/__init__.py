"""What staff take away of the 两优 as Excel workbooks, made for A4: ranking, score cards, judges' matrix."""

from evaluation.admin.workbooks.cards import cards_workbook
from evaluation.admin.workbooks.matrix import matrix_workbook
from evaluation.admin.workbooks.ranking import ranking_workbook

__all__ = ["cards_workbook", "matrix_workbook", "ranking_workbook"]
