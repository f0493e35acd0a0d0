"""The same routes in Flask, the stack of the exercise that Keepsake grew out of."""
import gzip
import json
import os
import re
import secrets
import string
import time
import unicodedata
import urllib.request

from flask import Flask, Response, jsonify, request

ALPHANUMERIC = string.ascii_letters + string.digits
OF_ONE_ANSWER = re.compile("content-|connection|keep-alive|date", re.IGNORECASE)
JSON = "application/json"
CONSTANTS = {
    "/": [JSON, "text/html"],
    "/file": [JSON, "text/plain"],
    "/healthz": [JSON],
    "/readyz": [JSON],
    "/openapi.json": [JSON],
    "/assets/<hash>/page.css": ["text/css"],
    "/assets/<hash>/page.js": ["text/javascript"],
    "/assets/<hash>/icon.svg": ["image/svg+xml"],
}
listing = {"at": 0.0, "names": [], "paths": {}}
app = Flask(__name__)


def fetched(path, accept):
    """What never changes is taken from the API at ORIGIN, as are the headers."""
    return urllib.request.urlopen(urllib.request.Request(os.environ["ORIGIN"] + path, headers={"Accept": accept}))


def add_constant(rule, types):
    answers = {type: fetched(rule.replace("<hash>", "hash"), type).read() for type in types}

    def answer(**_):
        accept = request.headers["Accept"]
        return Response(answers[accept], mimetype=accept)

    app.add_url_rule(rule, rule, answer)


HEADERS = {name: value for name, value in fetched("/healthz", JSON).getheaders() if not OF_ONE_ANSWER.match(name)}
for path, types in CONSTANTS.items():
    add_constant(path, types)


def read_again():
    """Every name, newest first, and where each is: read again once a second."""
    if time.monotonic() - listing["at"] > 1:
        paths = {name: folder for folder, _, files in os.walk(os.environ["HISTORY_DIR"]) for name in files}
        listing.update(at=time.monotonic(), names=sorted(paths, reverse=True), paths=paths)
    return listing


@app.after_request
def finish(response):
    response.headers.update(HEADERS)
    if "Accept-Encoding" in request.headers and response.content_length > 1024:
        response.set_data(gzip.compress(response.get_data(), 6))
        response.headers["Content-Encoding"] = "gzip"
    return response


@app.get("/files")
def files():
    names, limit = read_again()["names"], int(request.args["limit"])
    after = request.args.get("after")
    if after:
        name = f"include-me-{after}.txt"
        low, high = 0, len(names)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if names[middle] >= name else (low, middle)
        names = names[low:]
    return jsonify(files=names[:limit], total=len(listing["names"]), next=None)


@app.get("/files/<name>")
def file_text(name):
    with open(os.path.join(read_again()["paths"][name], name), "rb") as opened:
        return Response(opened.read(), mimetype="text/plain")


def check(text):
    """Code points, where Keepsake compares user-perceived characters."""
    folded = unicodedata.normalize("NFC", text.casefold())
    normalized = "".join(character for character in folded if character.isalnum())
    return {"text": text, "palindrome": normalized == normalized[::-1], "normalized": normalized}


@app.route("/palindrome", methods=["GET", "POST"])
def palindrome():
    return jsonify(check((request.get_json() if request.method == "POST" else request.args)["text"]))


@app.route("/sentence", methods=["GET", "POST"])
def sentence():
    word = (request.get_json() if request.method == "POST" else request.args)["word"]
    if not re.fullmatch(r"\w{1,100}", word):
        return jsonify(error="word"), 400
    number, mirrored = secrets.randbelow(11), check(word)["palindrome"]
    told = f"May I have {number} of “{word}”, please? “{word}” is {'a' if mirrored else 'not a'} palindrome."
    return jsonify(word=word, number=number, palindrome=mirrored, sentence=told)


@app.get("/random-string")
def random_string():
    length = int(request.args.get("length", 16))
    value = "".join(secrets.choice(ALPHANUMERIC) for _ in range(length))
    return jsonify(value=value, length=length, alphabet="alphanumeric")


print(json.dumps({"event": "listening", "port": os.environ["PORT"]}), flush=True)
