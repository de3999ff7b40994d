// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/timeline/lanenameedit.h"

#include "app/model/timeline.h"
#include "ui/look/theme.h"
#include "ui/widgets/plaintext.h"

#include <QKeyEvent>

LaneNameEdit::LaneNameEdit(const QString &service, const QStringList &others, QWidget *parent)
    : QLineEdit(service, parent)
    , m_service(service)
    , m_others(others)
{
    setObjectName(QStringLiteral("laneName"));
    setAccessibleName(tr("Name of the service"));
    selectAll();
    connect(this, &QLineEdit::textEdited, this, &LaneNameEdit::showObjection);
}

QString LaneNameEdit::objection() const
{
    if (!isValidServiceName(text())) {
        return tr("A service's name is made of letters, digits, “-” and “_”, up to 255 of them.");
    }
    if (m_others.contains(text())) {
        return tr("There is a lane “%1” already; drag the incidents there instead.").arg(text());
    }
    return {};
}

void LaneNameEdit::showObjection()
{
    const QString sentence = objection();
    QPalette ink;
    if (!sentence.isEmpty()) {
        ink.setColor(QPalette::Text, Theme::of(palette()).error);
    }
    setPalette(ink);
    if (sentence.isEmpty()) {
        PlainText::hideToolTip();
    } else {
        PlainText::showToolTip(mapToGlobal(rect().bottomLeft()), sentence, this);
    }
}

void LaneNameEdit::finish()
{
    if (m_isOver) {
        return;
    }
    m_isOver = true;
    PlainText::hideToolTip();
    if (objection().isEmpty() && text() != m_service) {
        Q_EMIT named(m_service, text());
    }
    hide();
    deleteLater();
}

bool LaneNameEdit::event(QEvent *event)
{
    // Whatever the window does with a key, here it is a letter, the answer or the way out.
    if (event->type() == QEvent::ShortcutOverride) {
        event->accept();
        return true;
    }
    if (event->type() != QEvent::KeyPress) {
        return QLineEdit::event(event);
    }
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Escape:
        setText(m_service);
        parentWidget()->setFocus();
        finish();
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!objection().isEmpty()) {
            showObjection();
            return true;
        }
        parentWidget()->setFocus();
        finish();
        return true;
    default:
        return QLineEdit::event(event);
    }
}

void LaneNameEdit::focusOutEvent(QFocusEvent *event)
{
    QLineEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason) {
        finish();
    }
}
