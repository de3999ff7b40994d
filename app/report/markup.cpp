// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/report/markup.h"

#include <cmath>

namespace {

/** Escaped, and without the characters that no XML may hold. */
QString safe(const QString &text)
{
    QString out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c.isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            out += c;
            out += text[++i];
            continue;
        }
        switch (c.unicode()) {
        case u'<':
            out += u"&lt;";
            break;
        case u'>':
            out += u"&gt;";
            break;
        case u'&':
            out += u"&amp;";
            break;
        case u'"':
            out += u"&quot;";
            break;
        default:
            const bool isControl = c.unicode() < 0x20 && c != u'\t' && c != u'\n' && c != u'\r';
            out += isControl || c.isSurrogate() || c.unicode() >= 0xFFFE ? QChar(0xFFFD) : c;
        }
    }
    return out;
}

} // namespace

void Markup::tag(const char *tag, Attributes attributes)
{
    m_text += u'<' + QLatin1String(tag);
    for (const auto &[name, value] : attributes) {
        m_text += u' ' + QLatin1String(name) + QLatin1String("=\"") + safe(value) + u'"';
    }
}

Markup &Markup::open(const char *name, Attributes attributes)
{
    tag(name, attributes);
    m_text += u'>';
    m_open.append(QLatin1String(name));
    return *this;
}

Markup &Markup::close()
{
    m_text += QLatin1String("</") + m_open.takeLast() + u'>';
    return *this;
}

Markup &Markup::text(const QString &text)
{
    m_text += safe(text);
    return *this;
}

Markup &Markup::element(const char *name, Attributes attributes, const QString &content)
{
    return open(name, attributes).text(content).close();
}

Markup &Markup::leaf(const char *name, Attributes attributes)
{
    tag(name, attributes);
    m_text += u"/>";
    return *this;
}

Markup &Markup::add(const QString &markup)
{
    m_text += markup;
    return *this;
}

QString svgNumber(double number)
{
    return QString::number(std::round(number * 100) / 100, 'f', 2).remove(QLatin1String(".00"));
}
