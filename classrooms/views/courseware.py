"""Temporary."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from classrooms.models import Courseware
from mentor_portal.files import file_response


def courseware_detail(request, pk) -> HttpResponse:
    get_object_or_404(Courseware.objects.visible_to(request.user), pk=pk)
    return HttpResponse("")


def courseware_file(request, pk, number) -> HttpResponse:
    courseware = get_object_or_404(Courseware.objects.visible_to(request.user), pk=pk)
    version = courseware.versions.filter(number=number).first()
    if version is None:
        raise Http404
    return file_response(version)
