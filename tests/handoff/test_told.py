"""What the form of the page can be filled in with."""

from bot.handoff.told import LeftOut, Said, Told, read_told


def said(text: str, message: str = "bericht-1", asks_human: bool = False) -> Said:
    return Said(message, text, asks_human)


def test_all_in_one_message_is_understood_and_values_stay_in_the_browser() -> None:
    text = "ik ben [naam], bel me op [telefoon] na vijven over de TLV van mijn zoon"
    assert read_told([said(text)]) == Told(
        contact=LeftOut("bericht-1", 1),
        name=LeftOut("bericht-1", 0),
        preferred="na vijven",
        about="de TLV van mijn zoon",
    )


def test_the_name_of_the_child_is_not_that_of_the_parent() -> None:
    told = read_told([said("mijn zoon [naam] zit thuis, ik ben [naam], mail naar [email]")])
    assert (told.name, told.contact) == (LeftOut("bericht-1", 1), LeftOut("bericht-1", 2))
    assert told.about == "mijn zoon [naam] zit thuis"


def test_what_is_told_later_counts_and_what_was_told_before_stays() -> None:
    told = read_told(
        [
            said("ik ben [naam], bel mij op [telefoon] over het vervoer", "bericht-1"),
            said("Wat is een TLV?", "bericht-2"),
            said("mail mij toch maar op [email], met een Turkse tolk", "bericht-3"),
        ]
    )
    assert told.name == LeftOut("bericht-1", 0)
    assert told.contact == LeftOut("bericht-3", 0)
    assert told.interpreter == "Turks"
    assert told.about == "het vervoer"


def test_a_question_to_the_chatbot_is_not_what_it_is_about() -> None:
    assert read_told([said("ik wil iets weten over dyslexie")]) == Told()
    assert read_told([said("ik wil iemand spreken over dyslexie op school", asks_human=True)]).about == (
        "dyslexie op school"
    )


def test_what_is_in_the_vault_stays_there() -> None:
    told = read_told([said("ik ben [naam#1], bel mij op [telefoon#1] over het vervoer van [naam#2]")])
    assert (told.contact, told.name) == (None, None)
    assert told.about == "het vervoer van [naam]"
