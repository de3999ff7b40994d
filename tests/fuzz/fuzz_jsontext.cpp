// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/jsontext.h"
#include "tests/fuzz/fuzz.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace {

using Node = JsonText::Node;

QList<Node> nodesOf(const JsonText &json)
{
    QList<Node> nodes{json.root()};
    for (qsizetype i = 0; i < nodes.size(); ++i) {
        for (Node child = json.firstChild(nodes[i]); child != JsonText::None;
             child = json.nextSibling(child)) {
            nodes.append(child);
        }
    }
    return nodes;
}

/** The text after the edits; it has to be JSON. */
JsonText edited(const JsonText &json, const QList<JsonText::Edit> &edits, const char *how)
{
    const Result<JsonText> after = JsonText::parse(JsonText::apply(json.text(), edits));
    require(after.has_value(), how);
    return *after;
}

void replace(const JsonText &json, Node node)
{
    const QString pointer = json.pointer(node);
    require(json.find(pointer) == node, "a pointer finds its value");
    const QByteArray own = json.spelling(node).toByteArray();
    require(JsonText::apply(json.text(), json.replaceValue(node, own)) == json.text(),
            "a value that says the same changes no byte");
    for (const QByteArray &value : {QByteArray("12.50"), QByteArray("{\"a\":[1,\"\\u00e4\"]}")}) {
        const JsonText after = edited(json, json.replaceValue(node, value), "a replaced value");
        const Node found = after.find(pointer);
        require(found != JsonText::None, "a replaced value is where the old one was");
        const JsonText wanted = *JsonText::parse(value);
        require(after.toQt(found) == wanted.toQt(wanted.root()), "a value is what it was set to");
    }
}

void change(const JsonText &json, Node object)
{
    const QString pointer = json.pointer(object);
    const Node first = json.firstChild(object);
    QString added = QStringLiteral("added");
    while (json.member(object, added) != JsonText::None) {
        added += u'+';
    }
    const QList<Node> removed = first == JsonText::None ? QList<Node>() : QList<Node>{first};
    const JsonText after = edited(json, json.changeMembers(object, removed, {{added, "true"}}),
                                  "an object with other members");
    const Node found = after.find(pointer);
    require(found != JsonText::None && after.kind(found) == JsonText::Kind::Object,
            "a changed object is where it was");
    require(after.childCount(found) == json.childCount(object) + 1 - removed.size(),
            "a changed object has the members that it should have");
    require(after.member(found, added) != JsonText::None, "a member that was added is there");
    require(removed.isEmpty() || after.member(found, json.key(first)) == JsonText::None,
            "a member that was removed is not there");
}

void reverse(const JsonText &json, Node array)
{
    QList<JsonText::Element> elements;
    QJsonArray wanted;
    for (Node child = json.firstChild(array); child != JsonText::None;
         child = json.nextSibling(child)) {
        elements.prepend({child, {}, {}});
        wanted.prepend(json.toQt(child));
    }
    elements.append({JsonText::None, {}, "\"new\""});
    wanted.append(QStringLiteral("new"));
    const JsonText after =
        edited(json, json.rearrange(array, elements), "an array in another order");
    const Node found = after.find(json.pointer(array));
    require(found != JsonText::None && after.toQt(found) == QJsonValue(wanted),
            "an array has the elements that it should have, in their order");
}

} // namespace

/** Whatever the bytes are: the tree loses nothing, and each edit says what it was to say. */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray text = bytesOf(data, size);
    const Result<JsonText> read = JsonText::parse(text);
    if (!read) {
        require(!read.error().message.isEmpty(), "an error has a sentence");
        return 0;
    }
    const JsonText &json = *read;
    require(json.text() == text, "the text is kept");
    const QList<Node> nodes = nodesOf(json);
    // Not all of them: every edit reads the text again.
    for (const qsizetype at : {qsizetype(0), nodes.size() / 2, nodes.size() - 1}) {
        const Node node = nodes[at];
        replace(json, node);
        // A tree as deep as it may be has no room for more.
        if (json.pointer(node).count(u'/') + 2 >= JsonText::MaximumDepth) {
            continue;
        }
        if (json.kind(node) == JsonText::Kind::Object) {
            change(json, node);
        } else if (json.kind(node) == JsonText::Kind::Array) {
            reverse(json, node);
        }
    }
    return 0;
}
