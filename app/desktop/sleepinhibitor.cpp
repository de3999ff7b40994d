// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/desktop/sleepinhibitor.h"

#include <QCoreApplication>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusServiceWatcher>
#include <QDBusUnixFileDescriptor>
#include <QSignalBlocker>

#include <algorithm>
#include <array>

namespace {

QString programName()
{
    const QString name = QCoreApplication::applicationName();
    return name.isEmpty() ? QStringLiteral("timeline-orchestrator") : name;
}

QDBusMessage callOf(const QString &service, const QString &path, const QString &interface,
                    const char *method, const QVariantList &arguments)
{
    QDBusMessage call =
        QDBusMessage::createMethodCall(service, path, interface, QLatin1String(method));
    call.setArguments(arguments);
    return call;
}

} // namespace

/** One way of the session's bus: who is asked, what it keeps, and how it is taken back. */
struct SleepInhibitor::Ask
{
    enum class Dialect { Cookie, Session, Portal };

    Dialect dialect;
    const char *service;
    const char *path;
    const char *interface;
    int kept;
    const char *name; ///< for the user, untranslated

    static const std::array<Ask, 4> &all();
};

const std::array<SleepInhibitor::Ask, 4> &SleepInhibitor::Ask::all()
{
    static const std::array<Ask, 4> asks{{
        {Dialect::Cookie, "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver",
         "org.freedesktop.ScreenSaver", Screen,
         QT_TRANSLATE_NOOP("SleepInhibitor", "the screen saver")},
        {Dialect::Cookie, "org.freedesktop.PowerManagement",
         "/org/freedesktop/PowerManagement/Inhibit", "org.freedesktop.PowerManagement.Inhibit",
         Sleep, QT_TRANSLATE_NOOP("SleepInhibitor", "the power manager")},
        {Dialect::Session, "org.gnome.SessionManager", "/org/gnome/SessionManager",
         "org.gnome.SessionManager", Sleep | Screen,
         QT_TRANSLATE_NOOP("SleepInhibitor", "the session manager")},
        {Dialect::Portal, "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop",
         "org.freedesktop.portal.Inhibit", Sleep | Screen,
         QT_TRANSLATE_NOOP("SleepInhibitor", "the desktop portal")},
    }};
    return asks;
}

SleepInhibitor::SleepInhibitor(QObject *parent)
    : SleepInhibitor(DesktopBuses::standard(), parent)
{}

SleepInhibitor::SleepInhibitor(const DesktopBuses &buses, QObject *parent)
    : QObject(parent)
    , m_buses(buses)
    , m_watcher(new QDBusServiceWatcher(this))
{
    m_watcher->setConnection(m_buses.session);
    m_watcher->setWatchMode(QDBusServiceWatcher::WatchForOwnerChange);
    connect(m_watcher, &QDBusServiceWatcher::serviceUnregistered, this, &SleepInhibitor::lost);
    connect(m_watcher, &QDBusServiceWatcher::serviceRegistered, this, [this] {
        if (m_wanted && !(keeps(Sleep) && keeps(Screen))) {
            askAgain();
        }
    });
}

SleepInhibitor::~SleepInhibitor()
{
    // Who listens may be half gone as well.
    const QSignalBlocker quiet(this);
    release();
}

bool SleepInhibitor::keeps(Kept kept) const
{
    return std::any_of(m_grants.begin(), m_grants.end(),
                       [kept](const Grant &grant) { return (grant.kept & kept) != 0; });
}

QString SleepInhibitor::holder() const
{
    if (!m_wanted) {
        return tr("The machine may sleep.");
    }
    const auto namesOf = [this](Kept kept) {
        QStringList names;
        for (const Grant &grant : m_grants) {
            if ((grant.kept & kept) != 0 && !names.contains(grant.by)) {
                names.append(grant.by);
            }
        }
        return names.join(tr(" and "));
    };
    const QString sleep = namesOf(Sleep);
    const QString screen = namesOf(Screen);
    if (sleep.isEmpty() && screen.isEmpty()) {
        return m_asking > 0 ? tr("The desktop is being asked to stay awake.")
                            : tr("Nothing here can keep the machine awake.");
    }
    QString sentence =
        sleep == screen    ? tr("Machine and screen are kept awake by %1.").arg(sleep)
        : screen.isEmpty() ? tr("The machine is kept awake by %1; nothing keeps the screen from "
                                "being blanked.")
                                 .arg(sleep)
        : sleep.isEmpty()
            ? tr("The screen is kept on by %1; nothing keeps the machine from "
                 "sleeping.")
                  .arg(screen)
            : tr("The machine is kept awake by %1, the screen by %2.").arg(sleep, screen);
    return sentence;
}

void SleepInhibitor::hold(const QString &why)
{
    if (m_wanted) {
        return;
    }
    m_wanted = true;
    m_why = why;
    ++m_round;
    for (const Ask &ask : Ask::all()) {
        m_watcher->addWatchedService(QLatin1String(ask.service));
    }
    m_asking = 2; // the two buses
    askLogin(QStringLiteral("sleep:idle:handle-lid-switch"), Sleep | Lid,
             QStringLiteral("sleep:idle"));
    askNext(0);
    Q_EMIT changed();
}

void SleepInhibitor::release()
{
    if (!m_wanted) {
        return;
    }
    m_wanted = false;
    m_asking = 0;
    ++m_round;
    const std::vector<Grant> grants = std::exchange(m_grants, {});
    for (const Grant &grant : grants) {
        grant.giveBack();
    }
    m_watcher->setWatchedServices({});
    Q_EMIT changed();
}

void SleepInhibitor::askLogin(const QString &what, int kept, const QString &otherwise)
{
    const quint64 round = m_round;
    if (!m_buses.system.isConnected()) {
        QMetaObject::invokeMethod(
            this, [this, round] { answered(round); }, Qt::QueuedConnection);
        return;
    }
    const QDBusMessage call =
        callOf(QStringLiteral("org.freedesktop.login1"), QStringLiteral("/org/freedesktop/login1"),
               QStringLiteral("org.freedesktop.login1.Manager"), "Inhibit",
               {what, programName(), m_why, QStringLiteral("block")});
    auto *watcher =
        new QDBusPendingCallWatcher(m_buses.system.asyncCall(call, DesktopBuses::TimeOut), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [=, this] {
        watcher->deleteLater();
        const QDBusPendingReply<QDBusUnixFileDescriptor> reply = *watcher;
        if (!reply.isError() && reply.value().isValid()) {
            // The inhibition lasts as long as the descriptor is open somewhere.
            auto held = std::make_shared<QDBusUnixFileDescriptor>(reply.value());
            take(round, {kept, tr("the login manager"), {}, [held] { *held = {}; }});
        } else if (round == m_round && !otherwise.isEmpty() &&
                   watcher->error().type() != QDBusError::NoReply) {
            // Not everybody may decide about the lid.
            askLogin(otherwise, Sleep, {});
            return;
        }
        answered(round);
    });
}

void SleepInhibitor::askNext(size_t step)
{
    const quint64 round = m_round;
    const auto &asks = Ask::all();
    // The later ones are for desktops that have none of the earlier.
    while (step < asks.size() && asks[step].dialect != Ask::Dialect::Cookie && keeps(Screen) &&
           keeps(Sleep)) {
        ++step;
    }
    if (step == asks.size() || !m_buses.session.isConnected()) {
        QMetaObject::invokeMethod(
            this, [this, round] { answered(round); }, Qt::QueuedConnection);
        return;
    }
    const Ask &ask = asks[step];
    const QString service = QLatin1String(ask.service);
    const QString path = QLatin1String(ask.path);
    const QString interface = QLatin1String(ask.interface);
    constexpr uint SuspendAndIdle = 4 | 8;
    QVariantList arguments;
    switch (ask.dialect) {
    case Ask::Dialect::Cookie:
        arguments = {programName(), m_why};
        break;
    case Ask::Dialect::Session:
        arguments = {programName(), QVariant::fromValue(uint(0)), m_why,
                     QVariant::fromValue(SuspendAndIdle)};
        break;
    case Ask::Dialect::Portal:
        arguments = {QString(), QVariant::fromValue(SuspendAndIdle),
                     QVariantMap{{QStringLiteral("reason"), m_why}}};
        break;
    }
    auto *watcher = new QDBusPendingCallWatcher(
        m_buses.session.asyncCall(callOf(service, path, interface, "Inhibit", arguments),
                                  DesktopBuses::TimeOut),
        this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [=, this] {
        watcher->deleteLater();
        const QDBusMessage reply = watcher->reply();
        if (!watcher->isError() && !reply.arguments().isEmpty()) {
            const QVariant handle = reply.arguments().constFirst();
            const Ask &granted = Ask::all()[step];
            QDBusMessage back;
            switch (granted.dialect) {
            case Ask::Dialect::Cookie:
                back = callOf(service, path, interface, "UnInhibit", {handle});
                break;
            case Ask::Dialect::Session:
                back = callOf(service, path, interface, "Uninhibit", {handle});
                break;
            case Ask::Dialect::Portal:
                back = callOf(service, handle.value<QDBusObjectPath>().path(),
                              QStringLiteral("org.freedesktop.portal.Request"), "Close", {});
                break;
            }
            const QDBusConnection bus = m_buses.session;
            take(round, {granted.kept, tr(granted.name), service, [bus, back] { bus.send(back); }});
        }
        if (round == m_round) {
            askNext(step + 1);
        }
    });
}

void SleepInhibitor::take(quint64 round, Grant grant)
{
    if (round != m_round) {
        grant.giveBack();
        return;
    }
    m_grants.push_back(std::move(grant));
    Q_EMIT changed();
}

void SleepInhibitor::answered(quint64 round)
{
    if (round == m_round && m_asking > 0 && --m_asking == 0) {
        Q_EMIT changed();
        Q_EMIT settled();
    }
}

void SleepInhibitor::lost(const QString &service)
{
    const size_t before = m_grants.size();
    std::erase_if(m_grants, [&](const Grant &grant) { return grant.service == service; });
    if (m_grants.size() == before) {
        return;
    }
    Q_EMIT changed();
    if (m_wanted) {
        askAgain(); // another may grant it
    }
}

void SleepInhibitor::askAgain()
{
    const QString why = m_why;
    release();
    hold(why);
}
