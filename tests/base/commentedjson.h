// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QRandomGenerator>
#include <QSet>
#include <QString>
#include <vector>

/**
 * JSON texts in random layouts, full of comments that say in their own words what they belong to,
 * and a survey that finds out by the place of each comment alone. A member is called "PARENT.key",
 * an element "#VALUE" after itself or its first member; a comment says "c7 OWNER", or "c7 PARENT!"
 * if it belongs to none of its parent's children.
 */
namespace CommentedJson {

struct Tree
{
    QByteArray key;    ///< of a member
    QByteArray scalar; ///< as it is spelled; empty for objects and arrays
    bool isArray = false;
    std::vector<Tree> children;
};

inline QByteArray named(QByteArray spelling)
{
    return "#" + spelling.replace('"', "").split(' ').first();
}

inline QByteArray labelOf(const Tree &parent, const QByteArray &parentLabel, const Tree &child)
{
    if (!parent.isArray) {
        return parentLabel + '.' + child.key;
    }
    return named(child.children.empty() ? child.scalar : child.children.front().scalar);
}

/** Spells a tree, with comments, in a layout of its own. */
class Writer
{
public:
    explicit Writer(QRandomGenerator &random)
        : m_random(random)
        , m_step(random.bounded(3) == 0 ? QByteArray("\t") : QByteArray(random.bounded(1, 5), ' '))
        , m_ends(random.bounded(3))
    {}

    QByteArray spell(const Tree &root)
    {
        m_out.clear();
        value(root, "r", 0);
        lineEnd();
        return m_out;
    }

private:
    bool oneIn(int count) { return m_random.bounded(count) == 0; }

    void lineEnd()
    {
        if (oneIn(12)) {
            m_out += "  ";
        }
        m_out += m_ends == 0 || (m_ends == 2 && oneIn(2)) ? "\r\n" : "\n";
    }

    void indent(int depth)
    {
        for (int i = 0; i < depth; ++i) {
            m_out += m_step;
        }
    }

    void lineComment(const QByteArray &owner)
    {
        m_out += "// c" + QByteArray::number(++m_comments) + ' ' + owner;
    }

    void blockComment(const QByteArray &owner, bool mayBreak = true)
    {
        m_out += "/* c" + QByteArray::number(++m_comments) + ' ' + owner + ' ';
        if (mayBreak && oneIn(6)) {
            m_out += "and \"more\", {\n  // of it ";
        }
        m_out += "*/";
    }

    void comment(const QByteArray &owner)
    {
        if (oneIn(2)) {
            lineComment(owner);
        } else {
            blockComment(owner);
        }
    }

    void commentLines(const QByteArray &owner, int depth)
    {
        for (int i = m_random.bounded(1, 3); i > 0; --i) {
            indent(depth);
            comment(owner);
            lineEnd();
        }
    }

    void value(const Tree &tree, const QByteArray &label, int depth)
    {
        if (!tree.scalar.isEmpty()) {
            m_out += tree.scalar;
            return;
        }
        m_out += tree.isArray ? '[' : '{';
        enum { Lines, OneLine, Mixed, CommaFirst };
        const int pick = m_random.bounded(10);
        int layout = pick < 5 ? Lines : pick < 7 ? OneLine : pick < 9 ? Mixed : CommaFirst;
        if (tree.children.empty()) {
            layout = oneIn(2) ? OneLine : Lines;
        }
        bool isLineOpen = true;
        if (layout == Lines || (layout == Mixed && oneIn(2))) {
            if (oneIn(5)) {
                m_out += ' ';
                comment(label + '!');
            }
            lineEnd();
            isLineOpen = false;
        }
        for (size_t i = 0; i < tree.children.size(); ++i) {
            const Tree &child = tree.children[i];
            const QByteArray name = labelOf(tree, label, child);
            const bool isLast = i + 1 == tree.children.size();
            if (!isLineOpen) {
                if (oneIn(6)) {
                    lineEnd();
                }
                if (oneIn(8)) {
                    commentLines(label + '!', depth + 1);
                    lineEnd();
                }
                if (oneIn(5)) {
                    commentLines(name, depth + 1);
                }
                indent(depth + 1);
                if (layout == CommaFirst && i > 0) {
                    m_out += ", ";
                }
            } else if (i > 0 || oneIn(2)) {
                m_out += oneIn(8) ? "" : " ";
            }
            if (oneIn(8)) {
                blockComment(name);
                m_out += ' ';
            }
            if (!tree.isArray) {
                m_out += '"' + child.key + (oneIn(8) ? "\" : " : "\": ");
                if (oneIn(12)) {
                    blockComment(name);
                }
            }
            value(child, name, depth + 1);
            if (oneIn(8)) {
                m_out += ' ';
                blockComment(name);
            }
            const bool breaks = layout != OneLine && (layout != Mixed || oneIn(2));
            if (layout == CommaFirst) {
                if (oneIn(4)) {
                    m_out += ' ';
                    lineComment(name);
                }
                lineEnd();
                isLineOpen = false;
                continue;
            }
            m_out += isLast ? "" : ",";
            if (breaks) {
                if (oneIn(3)) {
                    m_out += oneIn(4) ? "   " : " ";
                    comment(name);
                }
                lineEnd();
            }
            isLineOpen = !breaks;
        }
        if (!isLineOpen) {
            if (oneIn(6)) {
                lineEnd();
            }
            if (oneIn(5)) {
                commentLines(label + '!', depth + 1);
            }
            indent(depth);
        } else if (tree.children.empty() && oneIn(4)) {
            m_out += ' ';
            blockComment(label + '!');
            m_out += ' ';
        } else if (oneIn(2)) {
            m_out += ' ';
        }
        m_out += tree.isArray ? ']' : '}';
    }

    QRandomGenerator &m_random;
    QByteArray m_out;
    const QByteArray m_step;
    const int m_ends;
    int m_comments = 0;
};

/** What stands where in a text. */
class Survey
{
public:
    /** A word of the text with the blanks and line ends before it; commas are left out. */
    struct Word
    {
        QByteArray name;
        QByteArray gap;
    };

    explicit Survey(const QByteArray &text)
        : m_text(text)
    {
        value("r");
        gap();
    }

    QList<Word> words;
    QList<QByteArray> labels;             ///< of members and elements, in their order
    QHash<QByteArray, QByteArray> owners; ///< of the comments, by their text

    /** A comment that does not stand where it says that it belongs; empty if there is none. */
    QByteArray misplaced() const
    {
        for (auto it = owners.begin(); it != owners.end(); ++it) {
            if (ownerIn(it.key()) != it.value()) {
                return it.key() + " stands at " + it.value();
            }
        }
        return {};
    }

    static QByteArray ownerIn(const QByteArray &comment)
    {
        return comment.split(' ').value(2).trimmed();
    }

private:
    struct Item
    {
        char kind = 0; ///< 'v' a child, '/' a comment, ',' or a bracket
        int line = 0;
        QByteArray name;
    };

    char here() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }

    void word(const QByteArray &name, const QByteArray &text)
    {
        words.append({name, m_gap});
        m_gap.clear();
        m_at += text.size();
    }

    /** Past blanks; the number of line ends among them. */
    int gap()
    {
        int lines = 0;
        while (here() == ' ' || here() == '\t' || here() == '\r' || here() == '\n') {
            lines += here() == '\n' ? 1 : 0;
            m_gap += here();
            ++m_at;
        }
        return lines;
    }

    /** The line of a comma that stands alone goes with the comma, so it is no gap. */
    int passEmptyLine()
    {
        qsizetype end = m_at;
        while (m_text[end] == ' ' || m_text[end] == '\t' || m_text[end] == '\r') {
            ++end;
        }
        const qsizetype begin = m_gap.lastIndexOf('\n') + 1;
        if (m_text[end] != '\n' || begin == 0) {
            return 0;
        }
        m_gap.truncate(begin);
        m_at = end + 1;
        return 1;
    }

    QByteArray commentHere() const
    {
        if (m_text[m_at + 1] == '*') {
            return m_text.mid(m_at, m_text.indexOf("*/", m_at) + 2 - m_at);
        }
        QByteArray line = m_text.mid(m_at, m_text.indexOf('\n', m_at) - m_at);
        while (line.endsWith('\r') || line.endsWith(' ')) {
            line.chop(1);
        }
        return line;
    }

    QByteArray scalarHere() const
    {
        qsizetype end = m_at;
        if (m_text[end] == '"') {
            for (++end; m_text[end] != '"'; ++end) {
                end += m_text[end] == '\\' ? 1 : 0;
            }
            return m_text.mid(m_at, end + 1 - m_at);
        }
        while (end < m_text.size() && !QByteArray(",]} \t\r\n/").contains(m_text[end])) {
            ++end;
        }
        return m_text.mid(m_at, end - m_at);
    }

    /** Comments inside a member, between its key and its value. */
    void inner(const QByteArray &label)
    {
        gap();
        while (here() == '/') {
            const QByteArray comment = commentHere();
            owners.insert(comment, label);
            word(comment, comment);
            gap();
        }
    }

    QByteArray elementLabel() const
    {
        if (here() != '{') {
            return named(scalarHere());
        }
        Survey inside(*this);
        inside.word({}, "{");
        inside.inner({});
        inside.word({}, inside.scalarHere());
        inside.inner({});
        inside.word({}, ":");
        inside.inner({});
        return named(inside.scalarHere());
    }

    void value(const QByteArray &label)
    {
        gap();
        if (here() != '{' && here() != '[') {
            word("value@" + label, scalarHere());
            return;
        }
        const bool isArray = here() == '[';
        std::vector<Item> items{{'[', 0, {}}};
        word("open@" + label, "{");
        int line = 0;
        for (;;) {
            line += gap();
            if (here() == '/') {
                const QByteArray comment = commentHere();
                items.push_back({'/', line, comment});
                word(comment, comment);
            } else if (here() == ',') {
                items.push_back({',', line, {}});
                ++m_at;
                line += passEmptyLine();
            } else if (here() == ']' || here() == '}') {
                items.push_back({']', line, {}});
                word("close@" + label, "}");
                break;
            } else {
                const QByteArray spelling = isArray ? QByteArray() : scalarHere();
                const QByteArray child =
                    isArray ? elementLabel() : label + '.' + spelling.mid(1, spelling.size() - 2);
                items.push_back({'v', line, child});
                labels.append(child);
                if (!isArray) {
                    word("key@" + child, spelling);
                    inner(child);
                    word("colon@" + child, ":");
                    inner(child);
                }
                value(child);
            }
        }
        for (size_t i = 0; i < items.size(); ++i) {
            if (items[i].kind == '/') {
                owners.insert(items[i].name, ownerOf(items, i, label));
            }
        }
    }

    static QByteArray ownerOf(const std::vector<Item> &items, size_t comment,
                              const QByteArray &parent)
    {
        const int line = items[comment].line;
        const auto firstOn = [&items](int wanted, size_t from) {
            for (size_t i = from; i < items.size(); ++i) {
                if (items[i].line == wanted && items[i].kind == 'v') {
                    return items[i].name;
                }
            }
            return QByteArray();
        };
        bool hasComma = false;
        for (size_t i = comment; i-- > 0 && items[i].line == line;) {
            hasComma = hasComma || items[i].kind == ',';
            if (items[i].kind == 'v') {
                const QByteArray next = firstOn(line, comment);
                return hasComma && !next.isEmpty() ? next : items[i].name;
            }
        }
        if (const QByteArray next = firstOn(line, comment); !next.isEmpty()) {
            return next;
        }
        for (int below = line;; ++below) {
            bool isOnlyComments = false;
            for (const Item &item : items) {
                if (item.line == below) {
                    isOnlyComments = item.kind == '/';
                    if (!isOnlyComments) {
                        break;
                    }
                }
            }
            if (!isOnlyComments) {
                const QByteArray next = below == line ? QByteArray() : firstOn(below, 0);
                return next.isEmpty() ? parent + '!' : next;
            }
        }
    }

    QByteArray m_text;
    qsizetype m_at = 0;
    QByteArray m_gap;
};

inline int blankLines(const QByteArray &text)
{
    int count = 0;
    bool isBlank = false; // the first line begins no blank one
    for (const char c : text) {
        if (c == '\n') {
            count += isBlank ? 1 : 0;
            isBlank = true;
        } else {
            isBlank = isBlank && (c == ' ' || c == '\t' || c == '\r');
        }
    }
    return count;
}

inline QByteArray lineEndIn(const QByteArray &gap)
{
    const qsizetype end = gap.indexOf('\n');
    if (end < 0) {
        return {};
    }
    return end > 0 && gap[end - 1] == '\r' ? "\r\n" : "\n";
}

/**
 * What is wrong with an edit; empty if everything that was not asked for stands as it stood.
 * `moved` holds the elements that may stand elsewhere now, whose own line ends are not compared.
 */
inline QByteArray damage(const QByteArray &before, const QByteArray &after, bool mayMove = false)
{
    const Survey was(before);
    const Survey is(after);
    if (const QByteArray wrong = is.misplaced(); !wrong.isEmpty()) {
        return wrong;
    }
    const QSet<QByteArray> labels(is.labels.begin(), is.labels.end());
    for (auto it = was.owners.begin(); it != was.owners.end(); ++it) {
        const QByteArray owner = it.value().endsWith('!') ? it.value().chopped(1) : it.value();
        if ((owner == "r" || labels.contains(owner)) != is.owners.contains(it.key())) {
            return (is.owners.contains(it.key()) ? "left behind: " : "lost: ") + it.key();
        }
    }
    QHash<QByteArray, qsizetype> places;
    for (qsizetype i = 0; i < is.words.size(); ++i) {
        places.insert(is.words[i].name, i);
    }
    for (qsizetype i = 0; i + 1 < was.words.size(); ++i) {
        const qsizetype now = places.value(was.words[i].name, -1);
        if (now < 0 || now + 1 >= is.words.size()) {
            continue;
        }
        const QByteArray &gap = was.words[i + 1].gap;
        const QByteArray &newGap = is.words[now + 1].gap;
        if (was.words[i + 1].name == is.words[now + 1].name && gap != newGap && !mayMove) {
            return "other blanks after " + was.words[i].name;
        }
        if (!mayMove && gap.contains('\n') && newGap.contains('\n') &&
            lineEndIn(gap) != lineEndIn(newGap)) {
            return "another line end after " + was.words[i].name;
        }
    }
    return {};
}

} // namespace CommentedJson
