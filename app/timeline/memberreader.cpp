// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/timeline/memberreader.h"

#include "app/model/timeline.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

using std::chrono::milliseconds;

namespace {

/** The context of this file's words for translators. */
struct MemberWords
{
    Q_DECLARE_TR_FUNCTIONS(TimelineFile)
};

QString jsonKindName(JsonText::Kind kind)
{
    switch (kind) {
    case JsonText::Kind::Null:
        return MemberWords::tr("null");
    case JsonText::Kind::Boolean:
        return MemberWords::tr("true or false");
    case JsonText::Kind::Number:
        return MemberWords::tr("a number");
    case JsonText::Kind::String:
        return MemberWords::tr("text");
    case JsonText::Kind::Array:
        return MemberWords::tr("a list");
    case JsonText::Kind::Object:
        return MemberWords::tr("an object");
    }
    return {};
}

} // namespace

void MemberReader::refuse(Node node, const QString &message)
{
    if (!m_error) {
        m_error = m_json.errorAt(node, message);
    }
}

void MemberReader::enter(const QString &part, int row)
{
    m_part = part;
    m_row = row;
}

void MemberReader::remark(Node node, ReadRemark::Kind kind, const QString &message)
{
    if (failed()) {
        return;
    }
    ReadRemark remark{kind, message, {}, 0, 0, m_part, m_row, {}, {}};
    const QString key = m_json.key(node);
    const QString member = m_inside.isEmpty() ? key : m_inside;
    if (m_row >= 0 || member != m_part) {
        remark.key = member;
    }
    if (!m_inside.isEmpty()) {
        remark.variable = key;
    }
    if (m_row >= 0 && !member.isEmpty()) { // so many that none is searched for
        remark.pointer = QStringLiteral("/%1/%2/%3").arg(m_part, QString::number(m_row), member);
        if (!m_inside.isEmpty()) {
            remark.pointer +=
                u'/' + (m_element >= 0 ? QString::number(m_element) : JsonText::pointerPart(key));
        }
    } else {
        remark.pointer = m_json.pointer(node);
    }
    m_remarks.push_back({node, remark});
}

bool MemberReader::isThere(Node node) const
{
    return node != JsonText::None && m_json.kind(node) != Kind::Null && !failed();
}

bool MemberReader::is(Node node, Kind kind, const QString &name, const QString &expected)
{
    if (node == JsonText::None || failed()) {
        return false;
    }
    if (m_json.kind(node) != kind) {
        refuse(node, MemberWords::tr("%1 must be %2, but it is %3.")
                         .arg(name, expected, jsonKindName(m_json.kind(node))));
        return false;
    }
    return true;
}

bool MemberReader::isStrictly(Node node, Kind kind, const QString &name, const QString &expected)
{
    return isThere(node) && is(node, kind, name, expected);
}

bool MemberReader::mayBe(Node node, Kind kind, const QString &name, const QString &expected)
{
    if (!isThere(node)) {
        return false;
    }
    if (m_json.kind(node) != kind) {
        passOver(node, name, expected);
        return false;
    }
    return true;
}

void MemberReader::passOver(Node node, const QString &name, const QString &expected)
{
    constexpr qsizetype LongestNumber = 40;
    const QString found = m_json.kind(node) == Kind::Number
                              ? QString::fromUtf8(m_json.spelling(node)).left(LongestNumber)
                              : jsonKindName(m_json.kind(node));
    remark(node, ReadRemark::Kind::ForeignType,
           MemberWords::tr("%1 should be %2, but it is %3; it stays in the file and is not used.")
               .arg(name, expected, found));
}

QString MemberReader::requiredText(Node node, const QString &name)
{
    return is(node, Kind::String, name, MemberWords::tr("text")) ? m_json.string(node) : QString();
}

QString MemberReader::text(Node node, const QString &name)
{
    return mayBe(node, Kind::String, name, MemberWords::tr("text")) ? m_json.string(node)
                                                                    : QString();
}

bool MemberReader::strictFlag(Node node, const QString &name, bool byDefault)
{
    return isStrictly(node, Kind::Boolean, name, MemberWords::tr("true or false"))
               ? m_json.boolean(node)
               : byDefault;
}

bool MemberReader::flag(Node node, const QString &name, bool byDefault)
{
    return mayBe(node, Kind::Boolean, name, MemberWords::tr("true or false")) ? m_json.boolean(node)
                                                                              : byDefault;
}

milliseconds MemberReader::requiredSeconds(Node node, const QString &name)
{
    return is(node, Kind::Number, name, MemberWords::tr("a number of seconds"))
               ? secondsWithin(
                     node, name,
                     MemberWords::tr("%1 is %2; it cannot lie before the start of the run."))
               : milliseconds();
}

std::optional<milliseconds> MemberReader::seconds(Node node, const QString &name)
{
    return mayBe(node, Kind::Number, name, MemberWords::tr("a number of seconds"))
               ? std::optional(
                     secondsWithin(node, name, MemberWords::tr("%1 is %2; it cannot be negative.")))
               : std::nullopt;
}

milliseconds MemberReader::secondsWithin(Node node, const QString &name, const QString &ifNegative)
{
    const double value = m_json.number(node);
    if (!std::isfinite(value)) {
        refuse(node, MemberWords::tr("%1 is too large a number.").arg(name));
    } else if (value < 0) {
        refuse(node, ifNegative.arg(name, QString::fromUtf8(m_json.spelling(node))));
    } else if (value > std::chrono::duration<double>(MaximumDelay).count()) {
        refuse(node, MemberWords::tr("%1 is more than 366 days.").arg(name));
    } else {
        return std::chrono::round<milliseconds>(std::chrono::duration<double>(value));
    }
    return {};
}

std::optional<qint64> MemberReader::whole(Node node, const QString &name)
{
    const QString expected = MemberWords::tr("a whole number");
    if (!mayBe(node, Kind::Number, name, expected)) {
        return std::nullopt;
    }
    const std::optional<qint64> value = m_json.integer(node);
    if (!value) {
        passOver(node, name, expected);
    }
    return value;
}

QMap<QString, QString> MemberReader::texts(Node node, const QString &name)
{
    QMap<QString, QString> map;
    if (mayBe(node, Kind::Object, name, MemberWords::tr("an object of texts"))) {
        m_inside = name;
        for (Node n = m_json.firstChild(node); n != JsonText::None; n = m_json.nextSibling(n)) {
            const QString key = m_json.key(n);
            if (mayBe(n, Kind::String, name + u'.' + key, MemberWords::tr("text"))) {
                map.insert(key, m_json.string(n));
            }
        }
        m_inside.clear();
    }
    return map;
}

QStringList MemberReader::names(Node node, const QString &name)
{
    QStringList list;
    if (mayBe(node, Kind::Array, name, MemberWords::tr("a list of names"))) {
        m_inside = name;
        m_element = 0;
        for (Node n = m_json.firstChild(node); n != JsonText::None; n = m_json.nextSibling(n)) {
            if (mayBe(n, Kind::String, MemberWords::tr("An element of %1").arg(name),
                      MemberWords::tr("text"))) {
                list.append(m_json.string(n));
            }
            ++m_element;
        }
        m_element = -1;
        m_inside.clear();
    }
    return list;
}

void MemberReader::checkNames(Node node, const QString &name)
{
    const QString expected = MemberWords::tr("a list of names");
    if (isStrictly(node, Kind::Array, name, expected)) {
        for (Node n = m_json.firstChild(node); n != JsonText::None; n = m_json.nextSibling(n)) {
            is(n, Kind::String, name, expected);
        }
    }
}

qsizetype MemberReader::offset(Node node) const
{
    return m_json.spelling(node).data() - m_json.text().constData();
}

QList<ReadRemark> MemberReader::takeRemarks()
{
    std::sort(m_remarks.begin(), m_remarks.end(),
              [this](const Noted &a, const Noted &b) { return offset(a.node) < offset(b.node); });
    QList<ReadRemark> remarks;
    // Counted on from one to the next: a large file may have one for each incident.
    const QByteArray &text = m_json.text();
    qsizetype at = text.startsWith("\xEF\xBB\xBF") ? 3 : 0;
    int line = 1;
    int column = 1;
    for (Noted &noted : m_remarks) {
        for (const qsizetype end = offset(noted.node); at < end; ++at) {
            if (text[at] == '\n') {
                ++line;
                column = 1;
            } else if ((static_cast<uchar>(text[at]) & 0xC0) != 0x80) {
                ++column;
            }
        }
        noted.remark.line = line;
        noted.remark.column = column;
        remarks.append(std::move(noted.remark));
    }
    m_remarks.clear();
    return remarks;
}
