// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/livelook.h"

#include <QEvent>
#include <QIcon>
#include <QLabel>

namespace {

/** Belongs to a widget, and gives it its look again when the palette changes. */
class LookFollower : public QObject
{
public:
    static void follow(QWidget *widget, const char *what, const std::function<void()> &apply)
    {
        const QLatin1String name(what);
        auto *follower = static_cast<LookFollower *>(
            widget->findChild<QObject *>(name, Qt::FindDirectChildrenOnly));
        if (!follower) {
            follower = new LookFollower(widget);
            follower->setObjectName(name);
        }
        follower->m_apply = apply;
        apply();
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        // Setting a palette is a change of it as well.
        if (event->type() == QEvent::PaletteChange && !m_isApplying) {
            m_isApplying = true;
            m_apply();
            m_isApplying = false;
        }
        return QObject::eventFilter(watched, event);
    }

private:
    explicit LookFollower(QWidget *widget)
        : QObject(widget)
    {
        widget->installEventFilter(this);
    }

    std::function<void()> m_apply;
    bool m_isApplying = false;
};

} // namespace

void setInk(QWidget *words, const InkOf &ink)
{
    LookFollower::follow(words, "inkFollower", [words, ink] {
        // Nothing but this color: all others go on following the application's.
        QPalette palette;
        palette.setColor(words->foregroundRole(), ink(Theme::of(words->palette())));
        words->setPalette(palette);
    });
}

void setMark(QLabel *label, const QIcon &mark, int side)
{
    LookFollower::follow(label, "markFollower", [label, mark, side] {
        label->setPixmap(mark.pixmap(QSize(side, side), label->devicePixelRatioF()));
    });
}
