from django.urls import path

from timpora.team.views import account, invitations, join, members, posts, roster, slips, teams

app_name = "team"
urlpatterns = [
    path("team/", members.members, name="list"),
    path("team/absent/", members.absent, name="absent"),
    path("team/posts/new/", posts.new_post, name="new_post"),
    path("team/posts/<int:pk>/", posts.post, name="post"),
    path("team/posts/<int:pk>/appointment/", posts.appointment, name="appointment"),
    path("team/posts/<int:pk>/handover/", posts.handover, name="handover"),
    path("team/mandates/<int:pk>/end/", posts.end, name="end"),
    path("team/members/<int:pk>/slip/", slips.slip, name="slip"),
    path("team/slips/", slips.piles, name="slips"),
    path("team/members/<int:pk>/invitation/", invitations.invitation, name="invitation"),
    path("team/invitations/", invitations.invitations, name="invitations"),
    path("team/teams/new/", teams.new_team, name="new_team"),
    path("team/teams/<int:pk>/", teams.team, name="team"),
    path("team/teams/<int:pk>/decree/", teams.decree, name="decree"),
    path("team/teams/<int:pk>/seats/", teams.seats, name="seats"),
    path("team/teams/<int:pk>/seats/<int:seat>/removal/", teams.unseat, name="unseat"),
    path("team/import/", roster.upload, name="upload"),
    path("team/import/template/", roster.template, name="template"),
    path("team/import/rows/", roster.rows, name="rows"),
    path("join/", join.join, name="join"),
    path("join/<str:code>/", join.join_code, name="join_code"),
    path("account/", account.account, name="account"),
    path("mandate/", account.switch, name="switch"),
    path("switch-user/", account.switch_user, name="switch_user"),
    path("switch-user/names/", account.forget_names, name="forget_names"),
]
