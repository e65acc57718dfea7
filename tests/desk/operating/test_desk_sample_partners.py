"""The sample newsroom has partners, so that their page says something from the first minute on."""

from desk.context import open_desk
from desk.operating.sample import fill_with_sample
from desk.partners.audience import audience
from desk.partners.registry import list_partners


def test_one_partner_is_seen_every_day_and_one_was_never_seen(settings, clock):
    desk = open_desk(settings, clock=clock, create=True)
    fill_with_sample(desk)
    northmere, estuaries = list_partners(desk)
    assert (northmere.standing, estuaries.standing) == ("seen", "never")
    assert (northmere.feed.slug, northmere.seen) == ("northmere", desk.now())
    assert [each.carried.site for each in northmere.carriers] == ["www.northmere.example"]
    (block,) = audience(desk, "fr").blocks
    assert block.asked == northmere.carriers[0].fetches > 1000
    assert min(block.fetches[-14:]) > 0 == max(block.fetches[:-14])
    desk.storage.close()
