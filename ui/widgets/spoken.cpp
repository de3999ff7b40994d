// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/spoken.h"

#include <QAccessible>
#include <QEvent>
#include <QTimer>
#include <QWidget>

namespace {

constexpr int MomentInterval = 1000;

/** Belongs to a widget, and has it say the latest of many words. */
class SpokenMoment : public QObject
{
public:
    static SpokenMoment *of(QWidget *widget)
    {
        const QLatin1String name("spokenMoment");
        auto *moment = static_cast<SpokenMoment *>(
            widget->findChild<QObject *>(name, Qt::FindDirectChildrenOnly));
        if (!moment) {
            moment = new SpokenMoment(widget);
            moment->setObjectName(name);
        }
        return moment;
    }

    void take(const QString &words)
    {
        m_words = words;
        if (!QAccessible::isActive()) {
            setSpokenDescription(m_widget, words); // nobody is told
        } else if (!m_pause.isActive()) {
            say();
        }
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Show && !m_pause.isActive()) {
            say();
        }
        return QObject::eventFilter(watched, event);
    }

private:
    explicit SpokenMoment(QWidget *widget)
        : QObject(widget)
        , m_widget(widget)
    {
        widget->installEventFilter(this);
        m_pause.setSingleShot(true);
        m_pause.setInterval(MomentInterval);
        connect(&m_pause, &QTimer::timeout, this, &SpokenMoment::say);
    }

    void say()
    {
        if (!m_widget->isVisible() || m_widget->accessibleDescription() == m_words) {
            return;
        }
        m_widget->setAccessibleDescription(m_words);
        m_pause.start();
    }

    QWidget *m_widget;
    QString m_words;
    QTimer m_pause;
};

} // namespace

void setSpokenName(QWidget *widget, const QString &name)
{
    if (widget->accessibleName() != name) {
        widget->setAccessibleName(name);
    }
}

void setSpokenDescription(QWidget *widget, const QString &description)
{
    if (widget->accessibleDescription() != description) {
        widget->setAccessibleDescription(description);
    }
}

void setSpokenMoment(QWidget *widget, const QString &description)
{
    SpokenMoment::of(widget)->take(description);
}
