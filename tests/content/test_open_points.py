from bot.content.open_points import open_points


def test_what_is_not_confirmed_is_listed_with_its_place(project):
    (point,) = open_points(project)
    assert point.shown(project) == (
        "knowledge/organisatie.yml, regel 5: looptijd (voor tlv/geldigheid) - vraag na bij: Afdeling Toeleiding"
    )
