"""Blocks to build tests from."""


def plain(text: str) -> dict:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> dict:
    return {"type": "mrkdwn", "text": text}


def button(**changed) -> dict:
    return {"type": "button", "text": plain("Go"), "action_id": "go", **changed}


def actions(*elements) -> dict:
    return {"type": "actions", "elements": list(elements)}


def option(value: str = "a", text: str = "A", **more) -> dict:
    return {"text": plain(text), "value": value, **more}


def menu(**changed) -> dict:
    return {"type": "static_select", "action_id": "pick", "options": [option()], **changed}


def asked(element, **changed) -> dict:
    return {"type": "input", "label": plain("Label"), "element": element, **changed}


def table(*rows, **changed) -> dict:
    return {
        "type": "table",
        "rows": [[{"type": "raw_text", "text": cell} for cell in row] for row in rows],
        **changed,
    }


def raw(text: str) -> dict:
    return {"type": "raw_text", "text": text}


def number(value: float, text: str | None = None) -> dict:
    return {"type": "raw_number", "value": value, "text": str(value) if text is None else text}


def cell(**changed) -> dict:
    return {"type": "action", "element": button(**changed)}


def data_table(*rows, **changed) -> dict:
    return {"type": "data_table", "caption": "Who is there", "rows": [list(row) for row in rows], **changed}


def words(text: str = "x", **more) -> dict:
    return {"type": "text", "text": text, **more}


def rich(*pieces, kind: str = "rich_text_section", **more) -> dict:
    return {"type": "rich_text", "elements": [{"type": kind, "elements": list(pieces), **more}]}


def pie(*labels: str) -> dict:
    segments = [{"label": label, "value": 1} for label in labels]
    return {"type": "data_visualization", "title": "Minutes", "chart": {"type": "pie", "segments": segments}}


def chart(*series, categories=("Mon",), kind="bar") -> dict:
    axes = {"categories": list(categories)}
    drawn = {"type": kind, "series": list(series), "axis_config": axes}
    return {"type": "data_visualization", "title": "People", "chart": drawn}


def line(name="Joined", labels=("Mon",)) -> dict:
    return {"name": name, "data": [{"label": label, "value": 1} for label in labels]}


def container(*blocks, **changed) -> dict:
    return {"type": "container", "title": plain("More"), "child_blocks": list(blocks), **changed}


def modal(*blocks, **changed) -> dict:
    return {"type": "modal", "title": plain("Form"), "submit": plain("Go"), "blocks": list(blocks), **changed}


DIVIDER = {"type": "divider"}
TEXT_INPUT = {"type": "plain_text_input", "action_id": "text"}
CONFIRM = {"title": plain("Sure?"), "text": mrkdwn("*Really?*"), "confirm": plain("Yes"), "deny": plain("No")}
PICTURE = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "A picture"}
