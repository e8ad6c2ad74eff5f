"""What broadcasts look like in a chat."""

from bot.i18n import Catalogs
from bot.views import article, digest
from bot.views.places import Place
from bot.views.view import View
from digests.editions import Edition
from digests.parcels import Leaflet


def rendered(catalogs: Catalogs, content: Edition | Leaflet) -> View:
    """Return an edition's cover, or the first page of an article, outside of any edition, as readers get them."""
    t = catalogs.translator(content.language)
    if isinstance(content, Edition):
        return digest.cover(t, content)
    return article.page(t, content.page, Place(), None)
