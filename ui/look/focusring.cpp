// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/look/focusring.h"

#include <QAbstractScrollArea>
#include <QApplication>
#include <QDialog>
#include <QFocusFrame>
#include <QFrame>
#include <QPointer>
#include <QTabBar>

namespace {

constexpr auto OwnProperty = "ownsFocusRing";

/** Lists of combo boxes and menus come and go, and mark what is chosen. */
bool isInPopup(const QWidget *widget)
{
    const QWidget *window = widget->window();
    return window->windowType() == Qt::Popup && !qobject_cast<const QDialog *>(window);
}

class RingKeeper : public QObject
{
public:
    explicit RingKeeper(QObject *parent)
        : QObject(parent)
    {
        connect(qApp, &QApplication::focusChanged, this,
                [this](QWidget *, QWidget *now) { follow(now); });
    }

private:
    void follow(QWidget *now)
    {
        QWidget *ringed =
            now && !now->isWindow() && !FocusRing::isOwnOf(*now) && !isInPopup(now) ? now : nullptr;
        // It lives in the window that it is shown in, and ends with it.
        if (!m_frame && ringed) {
            m_frame = new QFocusFrame(ringed->window());
        }
        if (m_frame) {
            m_frame->setWidget(ringed);
        }
    }

    QPointer<QFocusFrame> m_frame;
};

} // namespace

void FocusRing::install()
{
    static QPointer<RingKeeper> keeper; // ends with the application
    if (!keeper) {
        keeper = new RingKeeper(qApp);
    }
}

void FocusRing::own(QFrame *ringed)
{
    ringed->setFrameStyle(QFrame::Box | QFrame::Plain);
    ringed->setLineWidth(Line);
    ringed->setProperty(OwnProperty, true);
}

bool FocusRing::isOwnOf(const QWidget &widget)
{
    return widget.property(OwnProperty).toBool();
}

int FocusRing::margin(const QWidget *ringed)
{
    const bool fillsItsPlace =
        qobject_cast<const QAbstractScrollArea *>(ringed) || qobject_cast<const QTabBar *>(ringed);
    return fillsItsPlace ? 0 : Line + Gap;
}
