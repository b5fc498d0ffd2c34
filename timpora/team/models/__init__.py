from timpora.team.models.agency import Agency
from timpora.team.models.invitation import Invitation
from timpora.team.models.mandate import Mandate, manageable_users
from timpora.team.models.post import Post
from timpora.team.models.team import Member, Team
from timpora.team.models.user import User

__all__ = ["Agency", "Invitation", "Mandate", "Member", "Post", "Team", "User", "manageable_users"]
