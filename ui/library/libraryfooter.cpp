// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/library/libraryfooter.h"

#include "ui/look/icons.h"
#include "ui/look/text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

LibraryFooter::LibraryFooter(QWidget *parent)
    : QWidget(parent)
{
    const QFontMetricsF metrics(font());
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(scaledInt(metrics, 8), scaledInt(metrics, 4), scaledInt(metrics, 4),
                            scaledInt(metrics, 4));
    row->setSpacing(scaledInt(metrics, 2));
    m_text = new QLabel(this);
    m_text->setForegroundRole(QPalette::PlaceholderText);
    m_text->setWordWrap(true);
    row->addWidget(m_text, 1);
    const auto button = [this, row](Glyph glyph, const QString &name) {
        auto *made = new QToolButton(this);
        made->setAutoRaise(true);
        made->setIcon(icon(glyph));
        made->setToolTip(name);
        made->setAccessibleName(name);
        made->setFocusPolicy(Qt::TabFocus);
        row->addWidget(made);
        return made;
    };
    m_preview = button(Glyph::Panel, tr("Preview"));
    m_preview->setObjectName(QStringLiteral("previewToggle"));
    m_preview->setCheckable(true);
    connect(m_preview, &QToolButton::toggled, this, &LibraryFooter::previewToggled);
    QToolButton *create = button(Glyph::Plus, tr("New scenario…"));
    connect(create, &QToolButton::clicked, this, &LibraryFooter::createRequested);
    QToolButton *more = button(Glyph::More, tr("More"));
    more->setObjectName(QStringLiteral("more"));
    connect(more, &QToolButton::clicked, this,
            [this, more] { Q_EMIT menuRequested(more->mapToGlobal(more->rect().topLeft())); });
}

void LibraryFooter::setText(const QString &text)
{
    m_text->setText(text);
}

void LibraryFooter::setPreviewChecked(bool checked)
{
    m_preview->setChecked(checked);
}
