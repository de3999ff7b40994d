// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/voice/announcer.h"

#include "ui/settings/windowsettings.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QElapsedTimer>
#include <QSettings>
#include <QWidget>
#include <algorithm>
#include <array>

namespace {

const QString VoiceKey = QStringLiteral("announcements");

#if QT_VERSION < QT_VERSION_CHECK(6, 8, 0)

/** A reader asks for the words some time after it was told that they are there. */
constexpr size_t KeptNotices = 8;
/** The same words again within that time are the same event, told by two that know of it. */
constexpr qint64 SameEvent = 500;

/** Is never shown, and yet is there for a screen reader: words that have just come up. */
class Notice : public QWidget
{
public:
    explicit Notice(QWidget *window)
        : QWidget(window)
    {
        hide();
    }

    QString words;
};

class NoticeAccessible : public QAccessibleWidget
{
public:
    explicit NoticeAccessible(Notice *notice)
        : QAccessibleWidget(notice, QAccessible::Notification)
    {}

    QString text(QAccessible::Text kind) const override
    {
        return kind == QAccessible::Name ? static_cast<const Notice *>(widget())->words : QString();
    }

    QAccessible::State state() const override
    {
        QAccessible::State state;
        state.readOnly = true;
        return state;
    }
};

/** One for each window that has said something. */
class NoticeBoard : public QObject
{
public:
    static NoticeBoard *of(QWidget *window)
    {
        const QLatin1String name("noticeBoard");
        auto *board = static_cast<NoticeBoard *>(
            window->findChild<QObject *>(name, Qt::FindDirectChildrenOnly));
        if (!board) {
            board = new NoticeBoard(window);
            board->setObjectName(name);
        }
        return board;
    }

    void put(const QString &words)
    {
        if (words == m_last && m_since.isValid() && m_since.elapsed() < SameEvent) {
            return;
        }
        m_last = words;
        m_since.start();
        Notice *notice = m_notices[m_next];
        m_next = (m_next + 1) % m_notices.size();
        notice->words = words;
        // Readers keep names until they hear of another one.
        for (const QAccessible::Event type : {QAccessible::NameChanged, QAccessible::ObjectShow}) {
            QAccessibleEvent event(notice, type);
            QAccessible::updateAccessibility(&event);
        }
    }

private:
    explicit NoticeBoard(QWidget *window)
        : QObject(window)
    {
        std::generate(m_notices.begin(), m_notices.end(), [window] { return new Notice(window); });
    }

    std::array<Notice *, KeptNotices> m_notices{}; ///< the window's
    size_t m_next = 0;
    QString m_last;
    QElapsedTimer m_since;
};

QAccessibleInterface *makeNoticeInterface(const QString &className, QObject *object)
{
    auto *notice = className == QLatin1String("QWidget") ? dynamic_cast<Notice *>(object) : nullptr;
    return notice ? new NoticeAccessible(notice) : nullptr;
}

#endif

} // namespace

void Announcer::say(QWidget *from, const QString &text, Importance importance)
{
    if (text.isEmpty() || !QAccessible::isActive()) {
        return;
    }
    const Voice wanted = importance == Importance::Asked ? Voice::All : voice();
    if (wanted == Voice::Off || (wanted == Voice::Important && importance == Importance::Detail)) {
        return;
    }
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    QAccessibleAnnouncementEvent event(from->window(), text);
    if (importance != Importance::Detail) {
        event.setPoliteness(QAccessible::AnnouncementPoliteness::Assertive);
    }
    QAccessible::updateAccessibility(&event);
#else
    QAccessible::installFactory(&makeNoticeInterface); // Qt ignores a second time
    NoticeBoard::of(from->window())->put(text);
#endif
}

Announcer::Voice Announcer::voice()
{
    return Voice(std::clamp(windowSettings().value(VoiceKey, int(Voice::All)).toInt(),
                            int(Voice::Off), int(Voice::All)));
}

void Announcer::setVoice(Voice voice)
{
    windowSettings().setValue(VoiceKey, int(voice));
}
