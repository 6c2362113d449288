"""The scripts of the chat as one."""

import pytest

from bot.chat.bundle import BadModule, bundle, without_comments

MODULES = {
    "main": 'import { a, b } from "./one.js";\nimport { c } from "./two-words.js";\nconst x = a + b + c;',
    "one": "const x = 1;\nexport const a = x;\nexport function b() {}\nexport class D {}",
    "two-words": 'import { a } from "./one.js";\nexport const c = a;',
    "unused": "export const nothing = 0;",
}


def test_each_module_comes_once_before_who_imports_it() -> None:
    text = bundle(MODULES, "main")
    assert text.count("const m_one = ") == 1
    assert text.index("const m_one = ") < text.index("const m_two_words = ") < text.index("const x = a + b + c")
    assert "return { a, b, D };" in text and "const { c } = m_two_words;" in text
    assert "nothing" not in text and "export" not in text and "import" not in text


@pytest.mark.parametrize(
    "line",
    ['import x from "./one.js";', 'import "./one.js";', "export default 1;", "export { a };", "export let a = 1;"],
)
def test_a_form_that_is_not_known_is_refused(line: str) -> None:
    with pytest.raises(BadModule):
        bundle({**MODULES, "main": line}, "main")


def test_a_circle_of_imports_is_refused() -> None:
    with pytest.raises(BadModule, match="circle"):
        bundle({**MODULES, "one": 'import { c } from "./two-words.js";\nexport const a = c;'}, "main")


def test_comments_and_indentation_are_left_out() -> None:
    assert without_comments("a.js", "// why\n  const a = 1; // kept\n\n") == "const a = 1; // kept\n"
    assert without_comments("a.css", "/* why\n so */\na {\n  b: c;\n}") == "a {\nb: c;\n}\n"
