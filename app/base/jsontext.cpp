// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/jsontext.h"

#include "app/base/jsonscan.h"

#include <QJsonArray>
#include <QJsonObject>

#include <charconv>
#include <cmath>

using namespace JsonScan;

JsonText::JsonText()
    : m_text("null")
{
    Entry entry;
    entry.end = 4;
    m_nodes.push_back(entry);
}

int JsonText::childCount(Node node) const
{
    int count = 0;
    for (Node child = firstChild(node); child != None; child = nextSibling(child)) {
        ++count;
    }
    return count;
}

JsonText::Node JsonText::member(Node object, QStringView key) const
{
    if (object == None || kind(object) != Kind::Object) {
        return None;
    }
    const QByteArray wanted = key.toUtf8();
    for (Node child = firstChild(object); child != None; child = nextSibling(child)) {
        const Entry &entry = m_nodes[child];
        const QByteArrayView raw =
            QByteArrayView(m_text).sliced(entry.keyBegin, entry.keyEnd - entry.keyBegin);
        if (raw == wanted || (raw.contains('\\') && unescape(raw) == key)) {
            return child;
        }
    }
    return None;
}

QString JsonText::key(Node node) const
{
    const Entry &entry = m_nodes[node];
    return unescape(QByteArrayView(m_text).sliced(entry.keyBegin, entry.keyEnd - entry.keyBegin));
}

QByteArrayView JsonText::spelling(Node node) const
{
    const Entry &entry = m_nodes[node];
    return QByteArrayView(m_text).sliced(entry.begin, entry.end - entry.begin);
}

QString JsonText::string(Node node) const
{
    if (node == None || kind(node) != Kind::String) {
        return {};
    }
    const QByteArrayView raw = spelling(node);
    return unescape(raw.sliced(1, raw.size() - 2));
}

double JsonText::number(Node node) const
{
    const QByteArrayView raw = spelling(node);
    double value = 0;
    const auto result = std::from_chars(raw.begin(), raw.end(), value);
    if (result.ec == std::errc::result_out_of_range) {
        // Too large or too small: from_chars leaves the value alone, and says not which.
        const QByteArray text = raw.toByteArray();
        return std::strtod(text.constData(), nullptr);
    }
    return value;
}

bool JsonText::boolean(Node node) const
{
    return spelling(node) == "true";
}

std::optional<qint64> JsonText::integer(Node node) const
{
    const QByteArrayView raw = spelling(node);
    qint64 whole = 0;
    const auto result = std::from_chars(raw.begin(), raw.end(), whole);
    if (result.ec == std::errc() && result.ptr == raw.end()) {
        return whole;
    }
    const double value = number(node);
    constexpr double Exact = 9007199254740992.0; // beyond 2^53 a double no longer tells which
    if (std::isfinite(value) && std::abs(value) <= Exact && value == std::trunc(value)) {
        return static_cast<qint64>(value);
    }
    return std::nullopt;
}

QJsonValue JsonText::toQt(Node node) const
{
    switch (kind(node)) {
    case Kind::Null:
        return QJsonValue::Null;
    case Kind::Boolean:
        return boolean(node);
    case Kind::Number: {
        const std::optional<qint64> whole = integer(node);
        return whole ? QJsonValue(*whole) : QJsonValue(number(node));
    }
    case Kind::String:
        return string(node);
    case Kind::Array: {
        QJsonArray array;
        for (Node child = firstChild(node); child != None; child = nextSibling(child)) {
            array.append(toQt(child));
        }
        return array;
    }
    case Kind::Object: {
        QJsonObject object;
        for (Node child = firstChild(node); child != None; child = nextSibling(child)) {
            object.insert(key(child), toQt(child));
        }
        return object;
    }
    }
    return {};
}

QString JsonText::pointer(Node node) const
{
    QString out;
    while (m_nodes[node].parent != None) {
        const Node parent = m_nodes[node].parent;
        QString part;
        if (kind(parent) == Kind::Object) {
            part = pointerPart(key(node));
        } else {
            int index = 0;
            for (Node child = firstChild(parent); child != node; child = nextSibling(child)) {
                ++index;
            }
            part = QString::number(index);
        }
        out.prepend(u'/' + part);
        node = parent;
    }
    return out;
}

QString JsonText::pointerPart(QString key)
{
    return key.replace(u'~', QStringLiteral("~0")).replace(u'/', QStringLiteral("~1"));
}

JsonText::Node JsonText::find(const QString &pointer) const
{
    Node node = root();
    const QStringList parts = pointer.split(u'/');
    for (qsizetype i = 1; i < parts.size() && node != None; ++i) {
        QString part = parts[i];
        part.replace(QStringLiteral("~1"), QStringLiteral("/"))
            .replace(QStringLiteral("~0"), QStringLiteral("~"));
        if (kind(node) == Kind::Array) {
            bool isIndex = false;
            int index = part.toInt(&isIndex);
            Node child = isIndex ? firstChild(node) : None;
            while (child != None && index-- > 0) {
                child = nextSibling(child);
            }
            node = child;
        } else {
            node = member(node, part);
        }
    }
    return node;
}

void JsonText::place(Node node, int &line, int &column) const
{
    placeAt(m_text, m_nodes[node].begin, line, column);
}

Error JsonText::errorAt(Node node, const QString &message) const
{
    Error error(message, pointer(node));
    place(node, error.line, error.column);
    return error;
}
