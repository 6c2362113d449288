from bot.content.reading import read_content
from bot.content.spoken import check_spoken, spoken_in
from bot.settings import ROOT


def write(project, code):
    (project / "actions").mkdir()
    (project / "actions/mens.py").write_text(code, encoding="utf-8")


def test_a_sentence_that_the_code_says_must_exist(project):
    write(project, 'SAID = "utter_niet_begrepen"\nGONE = "utter_weg"\n')
    (complaint,) = check_spoken(read_content(project)[0])
    assert complaint.shown(project).startswith("actions/mens.py, regel 2: De assistent zegt hier utter_weg")


def test_a_name_that_is_put_together_fits_any_ending(project):
    write(project, 'def say(kind):\n    return f"utter_over_{kind}"\n')
    (spoken,) = spoken_in(project)
    assert spoken.pattern.fullmatch("utter_over_bron")
    assert not spoken.pattern.fullmatch("utter_over_")
    assert list(check_spoken(read_content(project)[0])) == []


def test_the_names_in_our_own_code_are_found():
    assert "utter_twijfel" in {spoken.exact for spoken in spoken_in(ROOT)}
