// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "xpointer.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

/**
 * A screen reader as far as hearing goes: an assistive client on the accessibility bus, which is
 * told by other programs where the focus is and what shows up, and asks them for its name. What
 * would be spoken is a line each, as "Disk full, list item" for the focus.
 */
class ScreenReader : public QObject
{
    Q_OBJECT

public:
    /** False where there is no accessibility bus. */
    bool open()
    {
        const QDBusMessage address =
            QDBusConnection::sessionBus().call(QDBusMessage::createMethodCall(
                QStringLiteral("org.a11y.Bus"), QStringLiteral("/org/a11y/bus"),
                QStringLiteral("org.a11y.Bus"), QStringLiteral("GetAddress")));
        if (address.type() != QDBusMessage::ReplyMessage) {
            return false;
        }
        m_bus = QDBusConnection::connectToBus(address.arguments().value(0).toString(),
                                              QStringLiteral("screenreader"));
        for (const char *event : {"object:state-changed:focused", "object:state-changed:showing",
                                  "object:announcement"}) {
            QDBusMessage wish = QDBusMessage::createMethodCall(
                QStringLiteral("org.a11y.atspi.Registry"),
                QStringLiteral("/org/a11y/atspi/registry"),
                QStringLiteral("org.a11y.atspi.Registry"), QStringLiteral("RegisterEvent"));
            wish << QLatin1String(event);
            if (m_bus.call(wish).type() != QDBusMessage::ReplyMessage) {
                return false;
            }
        }
        const QString object = QStringLiteral("org.a11y.atspi.Event.Object");
        return m_bus.connect({}, {}, object, QStringLiteral("StateChanged"), this,
                             SLOT(takeState(QDBusMessage))) &&
               m_bus.connect({}, {}, object, QStringLiteral("Announcement"), this,
                             SLOT(takeAnnouncement(QDBusMessage)));
    }

    /** Waits until that is among what is spoken behind what was waited for before. */
    bool hears(const QString &part)
    {
        const auto isSpoken = [&] {
            for (qsizetype line = m_heard; line < m_spoken.size(); ++line) {
                if (m_spoken[line].contains(part)) {
                    m_heard = line + 1;
                    return true;
                }
            }
            return false;
        };
        return QTest::qWaitFor(isSpoken, Patience);
    }
    const QStringList &spoken() const { return m_spoken; }

private Q_SLOTS:
    void takeState(const QDBusMessage &message)
    {
        const QString state = message.arguments().value(0).toString();
        if (message.arguments().value(1).toInt() != 1) {
            return;
        }
        if (state == u"focused") {
            m_spoken << nameOf(message) + QStringLiteral(", ") + roleOf(message);
        } else if (state == u"showing" && roleOf(message) == u"notification") {
            m_spoken << nameOf(message);
        }
    }

    void takeAnnouncement(const QDBusMessage &message)
    {
        m_spoken << qvariant_cast<QDBusVariant>(message.arguments().value(3)).variant().toString();
    }

private:
    static constexpr int Patience = 20000;

    /** The first value of its answer. */
    QVariant ask(const QDBusMessage &who, const char *interface, const char *what,
                 const QVariantList &arguments = {})
    {
        QDBusMessage question = QDBusMessage::createMethodCall(
            who.service(), who.path(), QLatin1String(interface), QLatin1String(what));
        question.setArguments(arguments);
        return m_bus.call(question).arguments().value(0);
    }
    QString nameOf(const QDBusMessage &who)
    {
        return qvariant_cast<QDBusVariant>(
                   ask(who, "org.freedesktop.DBus.Properties", "Get",
                       {QStringLiteral("org.a11y.atspi.Accessible"), QStringLiteral("Name")}))
            .variant()
            .toString();
    }
    QString roleOf(const QDBusMessage &who)
    {
        return ask(who, "org.a11y.atspi.Accessible", "GetRoleName").toString();
    }

    QDBusConnection m_bus{QString()};
    QStringList m_spoken;
    qsizetype m_heard = 0;
};

/** The program as it is delivered, steered by keys alone, and heard by an assistive client. */
class TestReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hearsBuildRehearseAndShow();

private:
    void press(const QString &chord, const QStringList &heard);

    RealInput m_input;
    ScreenReader m_reader;
    QProcess m_program;
};

void TestReader::press(const QString &chord, const QStringList &heard)
{
    m_input.key(chord);
    for (const QString &part : heard) {
        if (QTest::currentTestFailed()) {
            return;
        }
        if (!m_reader.hears(part)) {
            QTest::qFail(qPrintable(QStringLiteral("%1: “%2” was not heard, but\n%3")
                                        .arg(chord, part, m_reader.spoken().join(u'\n'))),
                         __FILE__, __LINE__);
        }
    }
}

void TestReader::hearsBuildRehearseAndShow()
{
    QVERIFY2(RealInput::isThere(), "this needs an X server and xdotool");
    QVERIFY2(m_reader.open(), "this needs an accessibility bus");
    const QTemporaryDir home;
    QFile file(home.filePath(QStringLiteral("heard.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"name": "Heard", "description": "", "duration_minutes": 1, "incidents": [
        {"delay_seconds": 2, "type": "predefined", "scenario_id": "memory_leak_gradual",
         "service_name": "user-service", "title": "Slow leak"},
        {"delay_seconds": 4, "type": "predefined", "scenario_id": "cpu_spike_traffic_surge",
         "service_name": "payment-service", "title": "Busy evening", "hold": true}]})");
    file.close();
    m_program.start(QStringLiteral(PROGRAM_DIR "/timeline-orchestrator"), {file.fileName()});
    QVERIFY(m_program.waitForStarted());
    m_input.focusWindow(QStringLiteral("Timeline Orchestrator"));

    // Build
    QVERIFY2(m_reader.hears(QStringLiteral("Timeline, list")),
             qPrintable(m_reader.spoken().join(u'\n')));
    press(QStringLiteral("alt+Right"), {QStringLiteral("Slow leak, list item")});
    press(QStringLiteral("alt+Right"), {QStringLiteral("Busy evening, list item")});
    press(QStringLiteral("shift+period"), {QStringLiteral("0:05")});
    press(QStringLiteral("ctrl+z"), {QStringLiteral("Undone: Move 1 incident: 0:04")});
    press(QStringLiteral("ctrl+f"), {QStringLiteral("Search")});
    m_input.type(QStringLiteral("pod crash"));
    press(QStringLiteral("Down"), {QStringLiteral("Pod Crash Loop")});
    press(QStringLiteral("Return"),
          {QStringLiteral("Insert Pod Crash Loop After Bad Deployment: 0:00 on ")});

    // Rehearse
    press(QStringLiteral("ctrl+2"), {QStringLiteral("Rehearse")});
    press(QStringLiteral("ctrl+F6"), {QStringLiteral(", list item")});
    press(QStringLiteral("space"), {QStringLiteral("Started"), QStringLiteral("created"),
                                    QStringLiteral("Slow leak created"),
                                    QStringLiteral("Holding for GO before Busy evening")});
    press(QStringLiteral("r"), {QStringLiteral("Holding for GO at 0:04, next Busy evening")});
    press(QStringLiteral("space"), {QStringLiteral("GO"), QStringLiteral("Busy evening created"),
                                    QStringLiteral("Finished, 3 created")});

    // Show
    press(QStringLiteral("ctrl+3"), {QStringLiteral("Show")});
    m_program.terminate();
    QVERIFY(m_program.waitForFinished());
}

QTEST_MAIN(TestReader)
#include "tst_reader.moc"
