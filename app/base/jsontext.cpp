// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/jsontext.h"

#include "app/base/jsonlayout.h"
#include "app/base/jsonscan.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>
#include <charconv>
#include <cmath>

using namespace JsonScan;

namespace {

/** Which of these numbers, none twice, can stay where they are: the longest rising row of them. */
std::vector<bool> longestRise(const std::vector<int> &numbers)
{
    std::vector<size_t> ends; // where the best row of each length ends
    std::vector<size_t> previous(numbers.size());
    for (size_t i = 0; i < numbers.size(); ++i) {
        const auto longer =
            std::lower_bound(ends.begin(), ends.end(), numbers[i],
                             [&numbers](size_t end, int number) { return numbers[end] < number; });
        previous[i] = longer == ends.begin() ? i : *(longer - 1);
        if (longer == ends.end()) {
            ends.push_back(i);
        } else {
            *longer = i;
        }
    }
    std::vector<bool> stays(numbers.size());
    if (!ends.empty()) {
        size_t at = ends.back();
        for (; previous[at] != at; at = previous[at]) {
            stays[at] = true;
        }
        stays[at] = true;
    }
    return stays;
}

QList<JsonText::Edit> editsOf(JsonLayout &layout)
{
    QList<JsonText::Edit> edits;
    for (const JsonLayout::Change &change : layout.finish()) {
        edits.append({change.span.begin, change.span.end, change.with});
    }
    return edits;
}

} // namespace

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

QByteArray JsonText::indentation(Node node) const
{
    qsizetype begin = beginOf(node);
    const qsizetype end = begin;
    while (begin > 0 && (m_text[begin - 1] == ' ' || m_text[begin - 1] == '\t')) {
        --begin;
    }
    return begin == 0 || m_text[begin - 1] == '\n' ? m_text.mid(begin, end - begin) : QByteArray();
}

std::vector<JsonText::Node> JsonText::childrenOf(Node node) const
{
    std::vector<Node> children;
    for (Node child = firstChild(node); child != None; child = nextSibling(child)) {
        children.push_back(child);
    }
    return children;
}

qsizetype JsonText::beginOf(Node node) const
{
    const Entry &entry = m_nodes[node];
    const bool isMember = entry.parent != None && kind(entry.parent) == Kind::Object;
    return isMember ? entry.keyBegin - 1 : entry.begin;
}

QList<JsonText::Edit> JsonText::replaceValue(Node node, const QByteArray &value) const
{
    if (const Result<JsonText> wanted = parse(value)) {
        return editsTo(node, *wanted, wanted->root());
    }
    return {{m_nodes[node].begin, m_nodes[node].end, value}};
}

bool JsonText::isSame(Node node, const JsonText &other, Node wanted) const
{
    return spelling(node) == other.spelling(wanted) ||
           (kind(node) == other.kind(wanted) && toQt(node) == other.toQt(wanted));
}

QList<JsonText::Edit> JsonText::editsTo(Node node, const JsonText &other, Node wanted) const
{
    if (isSame(node, other, wanted)) {
        return {};
    }
    if (kind(node) == Kind::Array && other.kind(wanted) == Kind::Array) {
        return editsToArray(node, other, wanted);
    }
    if (kind(node) != Kind::Object || other.kind(wanted) != Kind::Object) {
        QByteArray fresh = other.spelling(wanted).toByteArray();
        fresh.replace("\n", JsonScan::lineEndAt(m_text, m_nodes[node].begin));
        return {{m_nodes[node].begin, m_nodes[node].end, fresh}};
    }
    QList<Edit> edits;
    QList<Node> removed;
    QList<std::pair<QString, QByteArray>> added;
    for (const Node child : childrenOf(node)) {
        const Node now = other.member(wanted, key(child));
        if (now == None) {
            removed.append(child);
        } else {
            edits += editsTo(child, other, now);
        }
    }
    for (const Node now : other.childrenOf(wanted)) {
        if (member(node, other.key(now)) == None) {
            added.append({other.key(now), other.spelling(now).toByteArray()});
        }
    }
    return edits + changeMembers(node, removed, added);
}

QList<JsonText::Edit> JsonText::editsToArray(Node array, const JsonText &other, Node wanted) const
{
    const std::vector<Node> before = childrenOf(array);
    const std::vector<Node> now = other.childrenOf(wanted);
    std::vector<Node> pairs(now.size(), None);
    std::vector<bool> isUsed(before.size());
    const auto pairUp = [&](const auto &matches) {
        for (size_t i = 0; i < now.size(); ++i) {
            for (size_t k = 0; pairs[i] == None && k < before.size(); ++k) {
                if (!isUsed[k] && matches(i, k)) {
                    pairs[i] = before[k];
                    isUsed[k] = true;
                }
            }
        }
    };
    // What is equal is the same; then what stands at the same place or has the same name.
    pairUp([&](size_t i, size_t k) { return isSame(before[k], other, now[i]); });
    if (before.size() == now.size()) {
        pairUp([&](size_t i, size_t k) { return i == k; });
    }
    pairUp([&](size_t i, size_t k) {
        const Node name = member(before[k], u"name");
        const Node newName = other.member(now[i], u"name");
        return name != None && newName != None && isSame(name, other, newName);
    });
    QList<Element> elements;
    for (size_t i = 0; i < now.size(); ++i) {
        elements.append(pairs[i] == None ? Element{None, {}, other.spelling(now[i]).toByteArray()}
                                         : Element{pairs[i], editsTo(pairs[i], other, now[i]), {}});
    }
    return rearrange(array, elements);
}

QList<JsonText::Edit>
JsonText::changeMembers(Node object, const QList<Node> &removed,
                        const QList<std::pair<QString, QByteArray>> &added) const
{
    if (removed.isEmpty() && added.isEmpty()) {
        return {};
    }
    const std::vector<Node> members = childrenOf(object);
    std::vector<JsonLayout::Span> spans;
    spans.reserve(members.size());
    for (const Node member : members) {
        spans.push_back({beginOf(member), m_nodes[member].end});
    }
    JsonLayout layout(m_text, {m_nodes[object].begin, m_nodes[object].end}, spans);
    int last = JsonLayout::None;
    for (size_t i = 0; i < members.size(); ++i) {
        if (removed.contains(members[i])) {
            layout.take(static_cast<int>(i));
        } else {
            last = static_cast<int>(i);
        }
    }
    for (const auto &[key, value] : added) {
        last = layout.insert(quote(key) + ": " + value, last);
    }
    return editsOf(layout);
}

QList<JsonText::Edit> JsonText::rearrange(Node array, const QList<Element> &elements) const
{
    const std::vector<Node> children = childrenOf(array);
    std::vector<JsonLayout::Span> spans;
    spans.reserve(children.size());
    for (const Node child : children) {
        spans.push_back({beginOf(child), m_nodes[child].end});
    }
    // Nodes are numbered in the order of the text, so a child is found by binary search.
    const auto indexOf = [&children](Node node) {
        return static_cast<int>(std::lower_bound(children.begin(), children.end(), node) -
                                children.begin());
    };
    std::vector<int> old;
    for (const Element &element : elements) {
        if (element.old != None) {
            old.push_back(indexOf(element.old));
        }
    }
    const std::vector<bool> rise = longestRise(old);
    std::vector<bool> stays(children.size());
    for (size_t i = 0; i < old.size(); ++i) {
        stays[static_cast<size_t>(old[i])] = rise[i];
    }

    JsonLayout layout(m_text, {m_nodes[array].begin, m_nodes[array].end}, spans);
    for (size_t child = 0; child < children.size(); ++child) {
        if (!stays[child]) {
            layout.take(static_cast<int>(child));
        }
    }
    QList<Edit> edits;
    int last = JsonLayout::None;
    for (const Element &element : elements) {
        if (element.old == None) {
            last = layout.insert(element.fresh, last);
            continue;
        }
        const int child = indexOf(element.old);
        if (stays[static_cast<size_t>(child)]) {
            edits += element.edits;
        } else {
            QList<Edit> moved = element.edits;
            for (Edit &edit : moved) {
                edit.begin -= m_nodes[element.old].begin;
                edit.end -= m_nodes[element.old].begin;
            }
            layout.put(child, last, apply(spelling(element.old).toByteArray(), moved));
        }
        last = child;
    }
    return edits + editsOf(layout);
}

QByteArray JsonText::apply(const QByteArray &text, QList<Edit> edits)
{
    std::stable_sort(edits.begin(), edits.end(),
                     [](const Edit &a, const Edit &b) { return a.begin < b.begin; });
    QByteArray out;
    out.reserve(text.size());
    qsizetype at = 0;
    for (const Edit &edit : edits) {
        out += QByteArrayView(text).sliced(at, edit.begin - at);
        out += edit.with;
        at = edit.end;
    }
    out += QByteArrayView(text).sliced(at);
    return out;
}

QByteArray JsonText::quote(const QString &text)
{
    QByteArray out = "\"";
    for (const char c : text.toUtf8()) {
        switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\b':
            out += "\\b";
            break;
        case '\f':
            out += "\\f";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            if (static_cast<uchar>(c) < 0x20) {
                out +=
                    "\\u00" + QByteArray::number(static_cast<uchar>(c), 16).rightJustified(2, '0');
            } else {
                out += c;
            }
        }
    }
    return out + '"';
}
