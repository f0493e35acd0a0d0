"""The same three routes in Flask, the stack of the exercise that Keepsake grew out of."""
import datetime
import json
import os
import time

from flask import Flask, jsonify, request

HEADERS = json.loads(os.environ["HEADERS"])
OWN = "include-me-00000000-0000-7000-8000-000000000000.txt"
CREATED = datetime.datetime.now(datetime.timezone.utc).isoformat()
listing = {"at": 0.0, "names": []}
app = Flask(__name__)


def names():
    """Every name, newest first, read again once a second."""
    if time.monotonic() - listing["at"] > 1:
        found = [name for _, _, files in os.walk(os.environ["HISTORY_DIR"]) for name in files]
        listing.update(at=time.monotonic(), names=sorted(found, reverse=True))
    return listing["names"]


@app.after_request
def with_headers(response):
    response.headers.update(HEADERS)
    return response


@app.get("/healthz")
def healthz():
    return jsonify(status="ok")


@app.get("/file")
def file():
    return jsonify(file=OWN, createdAt=CREATED)


@app.get("/files")
def files():
    every = names()
    return jsonify(files=every[: int(request.args["limit"])], total=len(every), next=None)
