"""The roster's way through django-import-export: one service reads and stores it as a whole."""

from collections.abc import Mapping

import tablib
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import URLPattern, path
from import_export.admin import ImportExportModelAdmin
from import_export.resources import ModelResource
from import_export.results import InvalidRow, Result, RowResult
from unfold.contrib.import_export.forms import ImportForm

from mentors import services
from mentors.admin.workbooks import ROW, RosterXLSX, template
from mentors.errors import RosterFileRefused, RosterRefused
from mentors.models import Mentor
from mentors.rules.roster import HEADS
from mentors.selectors import load_vocabulary, roster_cells

MOST_BYTES = 5 * 1024 * 1024
XLSX_TYPE = RosterXLSX.CONTENT_TYPE


class RosterImportForm(ImportForm):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["import_file"].label = "名册文件（.xlsx）"
        self.fields["import_file"].widget.attrs["accept"] = ".xlsx"

    def clean_import_file(self) -> object:
        upload = self.cleaned_data["import_file"]
        if upload.size > MOST_BYTES:
            raise forms.ValidationError("文件超过 5 MB，请分成几个文件。")
        return upload


class RosterResult(Result):
    """Names a bad row by its number in the sheet."""

    def append_invalid_row(
        self, number: int, row: Mapping[str, object], validation_error: ValidationError
    ) -> None:
        values = row["姓名"], row["手机号"]
        self.invalid_rows.append(InvalidRow(row[ROW], validation_error, values))


class RosterResource(ModelResource):
    """Rows go to ``services.import_roster`` together; here each only reports what became of it."""

    class Meta:
        model = Mentor
        fields = ()
        # No savepoint for each row: the service stores all of them in one transaction.
        use_bulk = True
        use_transactions = True

    def get_result_class(self) -> type[Result]:
        return RosterResult

    def before_import(self, dataset: tablib.Dataset, **kwargs: object) -> None:
        rows = [(cells[ROW], cells) for cells in dataset.dict]
        self.changes: dict[int, services.RosterChange] = {}
        self.complaints: Mapping[int, list[str]] = {}
        try:
            changes = services.import_roster(rows=rows, by=kwargs["user"])
            self.changes = {change.row: change for change in changes}
        except RosterRefused as refused:
            self.complaints = refused.complaints

    def import_row(self, row: dict[str, object], instance_loader: object, **kwargs: object) -> RowResult:
        result = RowResult()
        result.row_values = row
        if row[ROW] in self.complaints:
            result.import_type = RowResult.IMPORT_TYPE_INVALID
            result.validation_error = ValidationError(list(self.complaints[row[ROW]]))
        elif row[ROW] in self.changes:
            self._report(result, self.changes[row[ROW]])
        else:
            result.import_type = RowResult.IMPORT_TYPE_SKIP
        return result

    def _report(self, result: RowResult, change: services.RosterChange) -> None:
        result.instance = change.mentor
        result.add_instance_info(change.mentor)
        if change.is_new:
            result.import_type, result.diff = RowResult.IMPORT_TYPE_NEW, ["新增"]
        elif change.heads:
            result.import_type, result.diff = RowResult.IMPORT_TYPE_UPDATE, change.heads
        else:
            result.import_type, result.diff = RowResult.IMPORT_TYPE_SKIP, []

    def export(self, queryset: QuerySet[Mentor] | None = None, **kwargs: object) -> tablib.Dataset:
        dataset = tablib.Dataset(headers=HEADS)
        for cells in roster_cells(queryset):
            dataset.append(cells)
        return dataset


class RosterAdmin(ImportExportModelAdmin):
    """Import with a preview, export, and the template; all of it in one workbook format."""

    resource_classes = [RosterResource]
    formats = [RosterXLSX]
    import_form_class = RosterImportForm
    import_export_change_list_template = "admin/mentors/mentor/change_list.html"
    import_template_name = "admin/mentors/mentor/import.html"
    skip_export_form = True

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.roster_template)
        return [path("import/template/", view, name="mentors_mentor_roster_template"), *super().get_urls()]

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request) and self.has_change_permission(request)

    def has_export_permission(self, request: HttpRequest) -> bool:
        """The roster holds whole phone numbers: for those who keep it."""
        return self.has_change_permission(request)

    def roster_template(self, request: HttpRequest) -> HttpResponse:
        if not self.has_import_permission(request):
            raise PermissionDenied
        workbook = template(load_vocabulary())
        return HttpResponse(
            workbook,
            content_type=XLSX_TYPE,
            headers={"Content-Disposition": 'attachment; filename="mentor-roster.xlsx"'},
        )

    def process_import(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        try:
            return super().process_import(request, **kwargs)
        except RosterFileRefused as refused:
            messages.error(request, str(refused))
            return redirect("admin:mentors_mentor_import")

    def process_result(self, result: Result, request: HttpRequest) -> HttpResponseRedirect:
        """Say what was imported, or that nothing was: the data changed since the preview."""
        if result.has_errors() or result.has_validation_errors():
            messages.error(request, "名册没有导入：预览之后数据有变动。请重新上传，查看原因。")
            return redirect("admin:mentors_mentor_import")
        return super().process_result(result, request)

    def add_success_message(self, result: Result, request: HttpRequest) -> None:
        totals = result.totals
        messages.success(
            request,
            f"名册已导入：新增 {totals[RowResult.IMPORT_TYPE_NEW]} 位，"
            f"更新 {totals[RowResult.IMPORT_TYPE_UPDATE]} 位，"
            f"未变 {totals[RowResult.IMPORT_TYPE_SKIP]} 位。",
        )

    def add_data_read_fail_error_to_form(self, form: forms.Form, error: Exception) -> None:
        sentence = str(error) if isinstance(error, RosterFileRefused) else "文件无法读取，请使用名册模板。"
        form.add_error("import_file", sentence)

    def get_export_filename(self, *args: object) -> str:
        return super().get_export_filename(*args).replace("Mentor", "mentor-roster")
