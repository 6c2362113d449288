"""Keyword search, the way to beat."""

from bot.evaluate.keywords import KeywordSearch
from bot.nlu.evidence import Evidence

SEARCH = KeywordSearch(
    [
        Evidence("Een TLV geldt minstens een schooljaar.", "tlv/geldigheid", "feit"),
        Evidence("Een zieke leerling houdt recht op onderwijs.", "ziek/zorgplicht", "feit"),
        Evidence("Een school maakt een SOP.", "sop/uitleg", "feit"),
    ]
)


def test_a_rare_word_decides() -> None:
    assert SEARCH.rank("hoe lang geldt een TLV?")[0] == "tlv/geldigheid"


def test_without_a_shared_word_nothing_is_found() -> None:
    assert SEARCH.rank("zwemles") == []
