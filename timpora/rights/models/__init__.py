from timpora.rights.models.link import Link, Miss, Visit
from timpora.rights.models.review import TranslationReview

__all__ = ["Link", "Miss", "TranslationReview", "Visit"]
