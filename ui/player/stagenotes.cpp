// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/player/stagenotes.h"

#include "ui/look/text.h"

#include <QTextLayout>
#include <cmath>

namespace {

constexpr qreal Step = 0.075;
/** Pixels that the editor may need besides its lines. */
constexpr qreal Slack = 2;
/** More than any screen holds: it is not even tried. */
constexpr int ScrollsAnyway = 3000;

} // namespace

StageNotes::StageNotes(QWidget *parent)
    : QPlainTextEdit(parent)
    , m_base(font())
{
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(tr("Presenter notes"));
    viewport()->setAutoFillBackground(false);
    // Its letters stand where its edge is, in line with those of its neighbors.
    const int margin = int(document()->documentMargin());
    setViewportMargins(-margin, -margin, -margin, -margin);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);
}

QSize StageNotes::sizeHint() const
{
    const QFontMetricsF metrics(m_base);
    return {scaledInt(metrics, 200), scaledInt(metrics, 60)};
}

QSize StageNotes::minimumSizeHint() const
{
    return {1, int(QFontMetricsF(m_base).height())};
}

void StageNotes::setNotes(const QString &text)
{
    if (text == m_notes) {
        return;
    }
    m_notes = text;
    setPlainText(text); // which scrolls to its start
    fit();
}

void StageNotes::resizeEvent(QResizeEvent *event)
{
    QPlainTextEdit::resizeEvent(event);
    fit();
}

bool StageNotes::fits(qreal factor) const
{
    const QFont font = resized(m_base, factor);
    const qreal width = contentsRect().width();
    const qreal room = contentsRect().height() - Slack;
    qreal height = 0;
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    for (const QString &paragraph : toPlainText().split(u'\n')) {
        QTextLayout layout(paragraph, font);
        layout.setTextOption(option);
        layout.beginLayout();
        for (QTextLine part = layout.createLine(); part.isValid(); part = layout.createLine()) {
            part.setLineWidth(width);
            height += std::ceil(part.height());
            if (height > room) {
                break;
            }
        }
        layout.endLayout();
        if (height > room) {
            return false;
        }
    }
    return true;
}

void StageNotes::fit()
{
    qreal factor = Least;
    if (toPlainText().size() <= ScrollsAnyway) {
        for (qreal larger = Largest; larger > Least; larger -= Step) {
            if (fits(larger)) {
                factor = larger;
                break;
            }
        }
    }
    m_factor = factor;
    // No bar that comes and goes where all is in sight: it would take width from the lines.
    setVerticalScrollBarPolicy(factor > Least || fits(Least) ? Qt::ScrollBarAlwaysOff
                                                             : Qt::ScrollBarAsNeeded);
    const QFont wanted = resized(m_base, factor);
    if (font() != wanted) {
        setFont(wanted);
    }
}
