// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/result.h"

#include <QByteArray>
#include <QJsonValue>
#include <QList>
#include <QString>
#include <QStringView>
#include <optional>
#include <vector>

/**
 * A JSON text with the places of its values: a tree that loses nothing. Order, comments, spelling
 * and unknown keys stay, since the text itself is kept and only read through the tree. Line and
 * block comments are accepted, and a byte order mark; nothing else beyond RFC 8259 is.
 */
class JsonText
{
public:
    enum class Kind : quint8 { Null, Boolean, Number, String, Array, Object };
    /** Names a value; valid as long as the text it came from. */
    using Node = quint32;
    static constexpr Node None = 0xffffffff;
    static constexpr int MaximumDepth = 64;

    /** The text "null". */
    JsonText();
    /**
     * Errors carry line, column and pointer: not JSON, bad UTF-8, a key twice in one object, deeper
     * than MaximumDepth.
     */
    static Result<JsonText> parse(const QByteArray &text);

    const QByteArray &text() const { return m_text; }

    Node root() const { return m_root; }
    Kind kind(Node node) const { return m_nodes[node].kind; }
    Node firstChild(Node node) const { return m_nodes[node].firstChild; }
    Node nextSibling(Node node) const { return m_nodes[node].nextSibling; }
    int childCount(Node node) const;
    /** The value of that key in an object; None if there is none or it isn't an object. */
    Node member(Node object, QStringView key) const;
    /** A member's key, unescaped; empty for elements and the root. */
    QString key(Node node) const;
    /** The bytes of the value as they are spelled. */
    QByteArrayView spelling(Node node) const;

    QString string(Node node) const;
    /** Returns the number; infinite if its spelling is beyond double. */
    double number(Node node) const;
    bool boolean(Node node) const;
    /** A whole number within qint64, spelled in any way ("3e2", "300.0"). */
    std::optional<qint64> integer(Node node) const;
    QJsonValue toQt(Node node) const;

    QString pointer(Node node) const;
    /** A key as it stands in a JSON pointer (RFC 6901). */
    static QString pointerPart(QString key);
    Node find(const QString &pointer) const;
    /** 1-based; columns count Unicode characters. */
    void place(Node node, int &line, int &column) const;
    Error errorAt(Node node, const QString &message) const;

    /** The blanks before a member or element that begins its line; empty for others. */
    QByteArray indentation(Node node) const;

    /** One replacement of a stretch of the text. Stretches of one batch never overlap. */
    struct Edit
    {
        qsizetype begin = 0;
        qsizetype end = 0;
        QByteArray with;
    };

    /**
     * Makes the value say what the JSON `value` says. Of an object or array only the members and
     * elements that differ are changed, so that the others keep their spelling and their comments.
     * Line feeds in `value` become line ends as usual there.
     */
    QList<Edit> replaceValue(Node node, const QByteArray &value) const;
    /**
     * Takes members out of an object and adds new ones in that order, after its last one and laid
     * out as its siblings are; values are JSON. JsonPieces says what goes with a member.
     */
    QList<Edit> changeMembers(Node object, const QList<Node> &removed,
                              const QList<std::pair<QString, QByteArray>> &added) const;
    /** An element of a rearranged array: an old one with its edits, or a new one's JSON. */
    struct Element
    {
        Node old = None;
        QList<Edit> edits;
        QByteArray fresh;
    };
    /**
     * The array with these elements. As many old ones as possible stay where they are; the others
     * move with what belongs to them, as JsonPieces says. Contains the edits of the elements.
     */
    QList<Edit> rearrange(Node array, const QList<Element> &elements) const;

    static QByteArray apply(const QByteArray &text, QList<Edit> edits);
    /** A string as JSON. */
    static QByteArray quote(const QString &text);

private:
    bool isSame(Node node, const JsonText &other, Node wanted) const;
    QList<Edit> editsTo(Node node, const JsonText &other, Node wanted) const;
    QList<Edit> editsToArray(Node array, const JsonText &other, Node wanted) const;
    std::vector<Node> childrenOf(Node node) const;
    /** Returns where a member's key or an element begins, in bytes. */
    qsizetype beginOf(Node node) const;

    struct Entry
    {
        quint32 begin = 0;
        quint32 end = 0;
        quint32 keyBegin = 0;
        quint32 keyEnd = 0;
        quint32 parent = None;
        quint32 firstChild = None;
        quint32 nextSibling = None;
        Kind kind = Kind::Null;
    };
    class Parser;

    QByteArray m_text;
    std::vector<Entry> m_nodes;
    Node m_root = 0;
};
