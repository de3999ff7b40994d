// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/jsontext.h"
#include "app/timeline/readremark.h"

#include <QMap>
#include <QStringList>

#include <chrono>
#include <optional>
#include <vector>

/**
 * Reads typed members of a timeline's text. The first error is kept and ends the reading: from then
 * on every value reads as missing. What another program may have written into an optional key is no
 * error: it is passed over, with a remark. Borrows the text.
 */
class MemberReader
{
public:
    using Node = JsonText::Node;
    using Kind = JsonText::Kind;

    explicit MemberReader(const JsonText &json)
        : m_json(json)
    {}

    bool failed() const { return m_error.has_value(); }
    /** Returns the first error. Only after failed(). */
    const Error &error() const { return *m_error; }
    void refuse(Node node, const QString &message);

    /** Says that what is read from now on belongs to that member of the timeline, and to its
     * element `row`. */
    void enter(const QString &part, int row = -1);
    void remark(Node node, ReadRemark::Kind kind, const QString &message);

    /** Returns whether there is a value; null counts as none. */
    bool isThere(Node node) const;
    /**
     * Returns whether the value is there and of that kind; any other kind is an error, null
     * included. `name` and `expected` are for the sentence: "NAME must be EXPECTED, but it is
     * text."
     */
    bool is(Node node, Kind kind, const QString &name, const QString &expected);
    /** Does the same for what may be missing but decides what is sent: null is no error. */
    bool isStrictly(Node node, Kind kind, const QString &name, const QString &expected);
    /** Does the same for what may be missing; another kind is passed over with a remark. */
    bool mayBe(Node node, Kind kind, const QString &name, const QString &expected);

    QString requiredText(Node node, const QString &name);
    QString text(Node node, const QString &name);
    /** A flag that decides what is sent. */
    bool strictFlag(Node node, const QString &name, bool byDefault);
    bool flag(Node node, const QString &name, bool byDefault);
    /** A moment: 0 … MaximumDelay, to the nearest millisecond; what lies outside is an error. */
    std::chrono::milliseconds requiredSeconds(Node node, const QString &name);
    /** A length of time, within the same limits. */
    std::optional<std::chrono::milliseconds> seconds(Node node, const QString &name);
    std::optional<qint64> whole(Node node, const QString &name);
    /** An object of texts; members of another type are passed over, each with a remark. */
    QMap<QString, QString> texts(Node node, const QString &name);
    /** A list of texts; elements of another type are passed over, each with a remark. */
    QStringList names(Node node, const QString &name);
    /** Checks names of targets, whose use is not read from the file: a list of texts, or none. */
    void checkNames(Node node, const QString &name);

    /** All remarks with their places, in the order of the text. */
    QList<ReadRemark> takeRemarks();

private:
    struct Noted
    {
        Node node = JsonText::None;
        ReadRemark remark;
    };
    void passOver(Node node, const QString &name, const QString &expected);
    /** `ifNegative`: the sentence about a number below 0, with %1 for its name and %2 for it. */
    std::chrono::milliseconds secondsWithin(Node node, const QString &name,
                                            const QString &ifNegative);
    qsizetype offset(Node node) const;

    const JsonText &m_json;
    std::optional<Error> m_error;
    std::vector<Noted> m_remarks;
    QString m_part;
    int m_row = -1;
    QString m_inside;         ///< the object or list whose members are read, one level further down
    qsizetype m_element = -1; ///< which of that list
};
