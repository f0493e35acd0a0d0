"""The same routes in Flask, the stack of the exercise that Keepsake grew out of."""
import datetime
import gzip
import json
import os
import re
import secrets
import string
import time
import unicodedata

from flask import Flask, Response, jsonify, request

HEADERS = json.loads(os.environ["HEADERS"])
OWN = "include-me-00000000-0000-7000-8000-000000000000.txt"
CREATED = datetime.datetime.now(datetime.timezone.utc).isoformat()
ALPHANUMERIC = string.ascii_letters + string.digits
WEB = {name: open(os.path.join(os.environ["WEB"], name), "rb").read() for name in os.listdir(os.environ["WEB"])}
OPENAPI = open(os.environ["OPENAPI"], "rb").read()
listing = {"at": 0.0, "names": [], "paths": {}}
app = Flask(__name__)


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


@app.get("/")
def home():
    if request.headers.get("Accept") == "text/html":
        return Response(WEB["index.html"], mimetype="text/html")
    return jsonify(message="Hello World", service="keepsake", version="1.0.0", links={"file": "/file", "files": "/files"})


@app.get("/assets/<hash>/<name>.<any(css, js, svg):kind>")
def page_file(hash, name, kind):
    types = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
    return Response(WEB[f"{name}.{kind}"], mimetype=types[kind])


@app.get("/openapi.json")
def openapi():
    return Response(OPENAPI, mimetype="application/json")


@app.get("/healthz")
@app.get("/readyz")
def healthz():
    return jsonify(status="ok")


@app.get("/file")
def file():
    if request.headers.get("Accept") == "text/plain":
        return Response(OWN, mimetype="text/plain")
    return jsonify(file=OWN, createdAt=CREATED)


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
