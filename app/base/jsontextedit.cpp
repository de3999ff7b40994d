// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/base/jsonscan.h"
#include "app/base/jsontext.h"

#include <algorithm>

using namespace JsonScan;

namespace {

/** Past blanks and comments that belong to the line on which `at` stands; before its line break. */
qsizetype endOfOwnLine(const QByteArray &text, qsizetype at)
{
    qsizetype end = at;
    while (at < text.size()) {
        const char c = text[at];
        if (c == ' ' || c == '\t' || c == '\r') {
            ++at;
        } else if (c == '/' && at + 1 < text.size() && text[at + 1] == '/') {
            const qsizetype stop = text.indexOf('\n', at);
            return stop < 0 ? text.size() : stop;
        } else if (c == '/' && at + 1 < text.size() && text[at + 1] == '*') {
            const qsizetype stop = text.indexOf("*/", at + 2);
            if (stop < 0 || QByteArrayView(text).sliced(at, stop - at).contains('\n')) {
                return end;
            }
            at = end = stop + 2;
        } else {
            break;
        }
    }
    return end;
}

/** The blanks with which the line of `at` begins; empty where something else stands before it. */
QByteArray indentationAt(const QByteArray &text, qsizetype at)
{
    qsizetype begin = at;
    while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == '\t')) {
        --begin;
    }
    return begin == 0 || text[begin - 1] == '\n' ? text.mid(begin, at - begin) : QByteArray();
}

bool beginsItsLine(const QByteArray &text, qsizetype at)
{
    qsizetype begin = at;
    while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == '\t')) {
        --begin;
    }
    return begin > 0 && text[begin - 1] == '\n';
}

} // namespace

QByteArray JsonText::indentation(Node node) const
{
    const Entry &entry = m_nodes[node];
    const bool isMember = entry.parent != None && kind(entry.parent) == Kind::Object;
    return indentationAt(m_text, isMember ? entry.keyBegin - 1 : entry.begin);
}

JsonText::Edit JsonText::replaceValue(Node node, const QByteArray &value) const
{
    return {m_nodes[node].begin, m_nodes[node].end, value};
}

JsonText::Edit JsonText::appendMembers(Node object,
                                       const QList<std::pair<QString, QByteArray>> &members) const
{
    Node last = None;
    for (Node child = firstChild(object); child != None; child = nextSibling(child)) {
        last = child;
    }
    if (last == None) {
        QByteArray inside;
        for (const auto &[key, value] : members) {
            inside += (inside.isEmpty() ? " " : ", ") + quote(key) + ": " + value;
        }
        // What stands between the brackets are blanks and comments; they stay before the members.
        const qsizetype end = m_nodes[object].end - 1;
        qsizetype begin = end;
        while (begin > m_nodes[object].begin + 1 && isSpace(m_text[begin - 1])) {
            --begin;
        }
        const bool onlySpace = begin == m_nodes[object].begin + 1;
        return {onlySpace ? begin : end, end, inside + ' '};
    }
    const qsizetype keyPlace = m_nodes[last].keyBegin - 1;
    const bool ownLine = beginsItsLine(m_text, keyPlace);
    const QByteArray between =
        ownLine ? QByteArray("\n") + indentationAt(m_text, keyPlace) : QByteArray(" ");
    QByteArray out;
    for (const auto &[key, value] : members) {
        out += ',' + between + quote(key) + ": " + value;
    }
    return {m_nodes[last].end, m_nodes[last].end, out};
}

QList<JsonText::Edit> JsonText::removeMembers(Node object, const QList<Node> &members) const
{
    // Runs of removed members are taken out together, each with the comma that parted it from what
    // stays: the one behind it, or for a run at the end the one before it.
    QList<Edit> edits;
    Node kept = None;
    for (Node child = firstChild(object); child != None;) {
        if (!members.contains(child)) {
            kept = child;
            child = nextSibling(child);
            continue;
        }
        const Node first = child;
        Node last = child;
        while (nextSibling(last) != None && members.contains(nextSibling(last))) {
            last = nextSibling(last);
        }
        const Node next = nextSibling(last);
        if (next != None) {
            edits.append({m_nodes[first].keyBegin - 1, m_nodes[next].keyBegin - 1, {}});
        } else if (kept != None) {
            edits.append({m_nodes[kept].end, endOfOwnLine(m_text, m_nodes[last].end), {}});
        } else {
            edits.append(
                {m_nodes[first].keyBegin - 1, endOfOwnLine(m_text, m_nodes[last].end), {}});
        }
        child = next;
    }
    return edits;
}

JsonText::Edit JsonText::rearrange(Node array, const QList<Element> &elements) const
{
    // The array is cut into chunks. A chunk is what stands before an element (blanks, comments on
    // lines of their own), the element, and the comments that follow on its line, before or behind
    // its comma. Chunks move whole; only commas are laid anew.
    struct Chunk
    {
        QByteArray before;
        QByteArray beside; // between the value and its comma
        QByteArray behind; // between its comma and the end of its line
    };
    const qsizetype open = m_nodes[array].begin + 1;
    const qsizetype close = m_nodes[array].end - 1;
    std::vector<std::pair<Node, Chunk>> chunks;
    qsizetype at = open;
    QByteArray head; // beside the opening bracket
    {
        const qsizetype own = endOfOwnLine(m_text, open);
        if (own < m_text.size() && m_text[own] == '\n' && own <= close) {
            head = m_text.mid(open, own - open);
            at = own;
        }
    }
    for (Node child = firstChild(array); child != None; child = nextSibling(child)) {
        Chunk chunk;
        chunk.before = m_text.mid(at, m_nodes[child].begin - at);
        at = m_nodes[child].end;
        const qsizetype comma = skipTrivia(m_text, at);
        if (nextSibling(child) != None) {
            chunk.beside = m_text.mid(at, comma - at);
            const qsizetype own = endOfOwnLine(m_text, comma + 1);
            const bool lineEnds = own >= m_text.size() || m_text[own] == '\n';
            chunk.behind = lineEnds ? m_text.mid(comma + 1, own - comma - 1) : QByteArray();
            at = lineEnds ? own : comma + 1;
        } else {
            const qsizetype own = endOfOwnLine(m_text, at);
            chunk.behind = m_text.mid(at, own - at);
            at = own;
        }
        chunks.emplace_back(child, chunk);
    }
    const QByteArray tail = m_text.mid(at, close - at);

    // Nodes are numbered in the order of the text, so a chunk is found by binary search.
    const auto chunkOf = [&chunks](Node node) {
        const auto found = std::lower_bound(
            chunks.begin(), chunks.end(), node,
            [](const std::pair<Node, Chunk> &chunk, Node wanted) { return chunk.first < wanted; });
        return &found->second;
    };
    // A new element is laid out as the last one is; in an empty array on a line of its own.
    QByteArray layout;
    if (chunks.empty()) {
        layout = '\n' + indentation(array) + "  ";
    } else {
        const qsizetype place = m_nodes[chunks.back().first].begin;
        layout =
            beginsItsLine(m_text, place) ? '\n' + indentationAt(m_text, place) : QByteArray(" ");
    }

    QByteArray out = head;
    for (qsizetype i = 0; i < elements.size(); ++i) {
        const Element &element = elements[i];
        const bool isLast = i + 1 == elements.size();
        if (element.old == None) {
            out += layout + element.fresh + (isLast ? "" : ",");
            continue;
        }
        const Chunk *chunk = chunkOf(element.old);
        QList<Edit> edits = element.edits;
        const qsizetype begin = m_nodes[element.old].begin;
        for (Edit &edit : edits) {
            edit.begin -= begin;
            edit.end -= begin;
        }
        QByteArray before = chunk->before;
        if (!out.isEmpty() && (before.isEmpty() || !isSpace(before[0]))) {
            before.prepend(' ');
        }
        out += before + apply(spelling(element.old).toByteArray(), edits) + chunk->beside;
        out += (isLast ? "" : ",") + chunk->behind;
    }
    QByteArray end = tail;
    if (elements.isEmpty()) {
        end = chunks.empty() ? tail : QByteArray();
    } else if (chunks.empty() && !end.contains('\n')) {
        end = '\n' + indentation(array);
    }
    if (out.lastIndexOf("//") > out.lastIndexOf('\n') && !end.startsWith('\n')) {
        end.prepend('\n'); // or a line comment would swallow the bracket
    }
    return {open, close, out + end};
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
