"""A workbook as the answer to a request."""

from io import BytesIO

from django.http import FileResponse

from mentor_portal.files import XLSX


def workbook_download(content: bytes, filename: str) -> FileResponse:
    return FileResponse(
        BytesIO(content), as_attachment=True, filename=filename, content_type=XLSX.content_type
    )
