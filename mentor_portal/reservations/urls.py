from django.urls import path

from mentor_portal.reservations.views import calendars, check_in, desk, own

app_name = "reservations"
urlpatterns = [
    path("me/reservations/", own.reservation_list, name="list"),
    path("me/reservations/<int:pk>/cancel/", own.cancel, name="cancel"),
    path("me/reservations/<int:pk>/accept/", own.accept, name="accept"),
    path("me/reservations/<int:pk>/decline/", own.decline, name="decline"),
    path("me/reservations/<int:pk>/excuse/", own.excuse, name="excuse"),
    path("me/reservations/<int:pk>/calendar.ics", calendars.reservation_calendar, name="calendar-one"),
    path("me/calendar/", calendars.calendar_page, name="calendar"),
    path("calendar/<str:secret>.ics", calendars.private_calendar, name="calendar-private"),
    path("check-in/<str:code>/", check_in.check_in, name="check-in"),
    path("desk/", desk.desk_list, name="desk-list"),
    path("desk/<int:pk>/", desk.desk_detail, name="desk-detail"),
    path("desk/<int:pk>/walk-in/", desk.walk_in, name="desk-walk-in"),
    path("desk/<int:pk>/check-in/<int:reservation_pk>/", desk.check_in, name="desk-check-in"),
    path("desk/<int:pk>/undo/<int:reservation_pk>/", desk.undo, name="desk-undo"),
    path("desk/<int:pk>/presence/<int:hosting_pk>/", desk.presence, name="desk-presence"),
    path("desk/<int:pk>/poster/", desk.poster, name="desk-poster"),
    path("desk/<int:pk>/sheet/", desk.sheet, name="desk-sheet"),
]
