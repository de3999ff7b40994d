// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QRandomGenerator>
#include <QString>
#include <vector>

/**
 * JSON texts in random layouts, full of comments that say in their own words what they belong to. A
 * member is called "PARENT.key",
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

} // namespace CommentedJson
