from datetime import UTC, datetime

import pytest

from sandbox.slack.page.mrkdwn import mrkdwn, plain
from sandbox.slack.page.reader import Reader

READER = Reader(
    now=datetime(2026, 3, 9, 10, 30, tzinfo=UTC),
    user_id="U0MO",
    people={"U0MO": "Mo", "U0VI": "Vi <b>"},
    channels={"C0CLASSES": "classes"},
)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*bold* _it_ ~gone~", "<strong>bold</strong> <em>it</em> <s>gone</s>"),
        ("_*both*_", "<em><strong>both</strong></em>"),
        ("snake_case_name 2*3*4 a~b~c", "snake_case_name 2*3*4 a~b~c"),
        ("* not bold * and **", "* not bold * and **"),
        ("`a *b* <c>`", "<code>a *b* &lt;c&gt;</code>"),
        ("```a <b>\n *c*```", "<pre>a &lt;b&gt;\n *c*</pre>"),
        ("one\ntwo\n\nfour", "one<br>two<br><br>four"),
        ("a\n> b\n&gt; c\nd", "a<blockquote>b<br>c</blockquote>d"),
        ("• one\n• two", "• one<br>• two"),
        ("&lt;b&gt; &amp;amp;", "&lt;b&gt; &amp;amp;"),
    ],
)
def test_marks_are_drawn_as_slack_draws_them(text: str, html: str) -> None:
    assert mrkdwn(text, READER) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<@U0VI>", '<span class="mention">@Vi &lt;b&gt;</span>'),
        ("<@U0MO|mo>", '<span class="mention mention-me">@Mo</span>'),
        ("<@U9|somebody>", '<span class="mention">@somebody</span>'),
        ("<#C0CLASSES|>", '<span class="mention">#classes</span>'),
        ("<#C9|>", '<span class="mention">private channel</span>'),
        ("<!channel>", '<span class="mention mention-me">@channel</span>'),
        ("<!subteam^S1|@mods>", '<span class="mention">@mods</span>'),
        ("*<@U0VI>*", '<strong><span class="mention">@Vi &lt;b&gt;</span></strong>'),
    ],
)
def test_people_and_channels_are_named(text: str, html: str) -> None:
    assert mrkdwn(text, READER) == html


def test_a_date_is_shown_in_the_zone_of_the_reader_and_keeps_its_fallback() -> None:
    drawn = mrkdwn("<!date^1773052200^{date_pretty} {time}|March 9 &amp; so>", READER)
    assert drawn == '<time title="March 9 &amp; so">Today 10:30</time>'


def test_a_date_that_cannot_be_read_shows_its_fallback() -> None:
    assert mrkdwn("<!date^soon^{time}|later &lt;b&gt;>", READER) == "later &lt;b&gt;"


def test_a_date_may_be_a_link() -> None:
    drawn = mrkdwn("<!date^1773052200^{time}^https://a.example|x>", READER)
    assert 'href="https://a.example"' in drawn
    assert "10:30</time></a>" in drawn


def test_a_link_shows_its_words_and_opens_elsewhere() -> None:
    drawn = mrkdwn("<https://a.example/?x=1&amp;y=2|A &lt;b&gt;>", READER)
    assert 'href="https://a.example/?x=1&amp;y=2"' in drawn
    assert 'rel="noreferrer noopener"' in drawn
    assert ">A &lt;b&gt;</a>" in drawn


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "/relative", "JaVaScRiPt:x"])
def test_only_the_web_and_mail_are_linked(address: str) -> None:
    assert "<a" not in mrkdwn(f"<{address}|words>", READER)
    assert "<a" not in mrkdwn(f"<!date^1773052200^{{time}}^{address}|x>", READER)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "*<script>*",
        "`<script>`",
        "```<script>```",
        "<https://a.example|<script>>",
        '<https://a.example/"onmouseover="x|y>',
        "<@U9|<script>>",
        "<!date^1^{time}<script>|<script>>",
        "> <script>",
    ],
)
def test_nothing_that_people_write_becomes_html(text: str) -> None:
    drawn = mrkdwn(text, READER)
    assert "<script" not in drawn
    assert '"onmouseover' not in drawn


def test_emoji_have_names_for_those_who_cannot_see_them() -> None:
    assert plain(":white_check_mark:") == '<span role="img" aria-label="white check mark">✅</span>'
    assert mrkdwn("at 10:41:30, :unheard_of:", READER) == "at 10:41:30, :unheard_of:"


def test_plain_text_has_no_marks() -> None:
    assert plain("*a* <b> &lt;c&gt;") == "*a* &lt;b&gt; &lt;c&gt;"
