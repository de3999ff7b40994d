// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/settings/secretstore.h"

#include <QEventLoop>
#include <QHash>
#include <QMutex>
#include <QStringList>
#include <QTimer>

#include <algorithm>
#include <atomic>
#include <qt6keychain/keychain.h>
#include <utility>

namespace {

constexpr int ReadPatience = 2000;    // ms; a locked keychain asks its user, who may not be there
constexpr int ChangePatience = 30000; // ms; who saves a key is there to unlock the keychain

/** Overwrites what nobody else holds; the write is volatile so that it is not optimised away. */
void wipe(QByteArray &value)
{
    if (value.isDetached()) {
        volatile char *bytes = value.data();
        std::fill(bytes, bytes + value.size(), '\0');
    }
    value.clear();
}

/** A copy that shares no memory, so that each can be wiped when its time has come. */
QByteArray deepCopy(const QByteArray &value)
{
    return QByteArray(value.constData(), value.size());
}

/** The secrets that live as long as the process, by their keychain entries. */
class SessionSecrets
{
public:
    static SessionSecrets &instance()
    {
        static SessionSecrets secrets;
        return secrets;
    }

    ~SessionSecrets()
    {
        for (QByteArray &value : m_values) {
            wipe(value);
        }
    }

    void set(const QString &entry, const QByteArray &value)
    {
        const QMutexLocker locker(&m_mutex);
        QByteArray &kept = m_values[entry];
        wipe(kept);
        kept = deepCopy(value);
    }

    QByteArray value(const QString &entry)
    {
        const QMutexLocker locker(&m_mutex);
        const auto found = m_values.constFind(entry);
        return found == m_values.constEnd() ? QByteArray() : deepCopy(*found);
    }

    void remove(const QString &entry)
    {
        const QMutexLocker locker(&m_mutex);
        const auto found = m_values.find(entry);
        if (found != m_values.end()) {
            wipe(*found);
            m_values.erase(found);
        }
    }

private:
    SessionSecrets() = default;

    QMutex m_mutex;
    QHash<QString, QByteArray> m_values;
};

/** Without a session of the desktop there is no keychain, and it is not worth the wait. */
bool hasDesktopSession()
{
    return !qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS") ||
           !qEnvironmentVariableIsEmpty("XDG_RUNTIME_DIR");
}

/** How a question to the keychain ended. */
enum class Answer { Done, NoEntry, Unavailable, None };

/**
 * Starts the job, which deletes itself when it finishes, be that after the patience has run out,
 * and waits for it; "value" is filled in by one that reads.
 */
Answer ask(QKeychain::Job *job, const QString &entry, int patience, QByteArray *value = nullptr)
{
    job->setKey(entry);
    QEventLoop loop;
    Answer answer = Answer::None;
    QObject::connect(job, &QKeychain::Job::finished, &loop, [&](QKeychain::Job *finished) {
        if (finished->error() == QKeychain::NoError) {
            answer = Answer::Done;
            if (value) {
                *value = static_cast<QKeychain::ReadPasswordJob *>(finished)->binaryData();
            }
        } else {
            // Whatever else it says means that there is none: no D-Bus is an "other error".
            answer = finished->error() == QKeychain::EntryNotFound ? Answer::NoEntry
                                                                   : Answer::Unavailable;
        }
        loop.quit();
    });
    QTimer::singleShot(patience, &loop, &QEventLoop::quit);
    job->start();
    loop.exec();
    return answer;
}

Answer readKeychain(const QString &entry, QByteArray *value)
{
    if (!hasDesktopSession()) {
        return Answer::Unavailable;
    }
    return ask(new QKeychain::ReadPasswordJob(QStringLiteral("timeline-orchestrator")), entry,
               ReadPatience, value);
}

bool isInEnvironment(const SecretStore::Name &name)
{
    return !name.variable.isEmpty() && !qEnvironmentVariableIsEmpty(name.variable.constData());
}

/** The sentence about a keychain that cannot be asked, and after the first time nothing. */
QString problemOnce(Answer answer)
{
    static std::atomic_bool said = false;
    if (said.exchange(true)) {
        return {};
    }
    return answer == Answer::None ? SecretStore::tr("The keychain did not answer.")
                                  : SecretStore::tr("The keychain is not available.");
}

} // namespace

SecretStore::Secret::~Secret()
{
    wipe(value);
}

SecretStore::Name SecretStore::apiKey()
{
    return {QByteArrayLiteral("TIMELINE_API_KEY"), QStringLiteral("incident-api")};
}

SecretStore::Secret SecretStore::readNow(const Name &name) const
{
    if (isInEnvironment(name)) {
        return {qgetenv(name.variable.constData()), Place::Environment, {}};
    }
    QString problem;
    QByteArray value;
    const Answer answer = readKeychain(name.keychainEntry, &value);
    if (answer == Answer::Done && !value.isEmpty()) {
        return {std::move(value), Place::Keychain, {}};
    }
    // That there is no session, as for most servers, is no news to anybody.
    if (hasDesktopSession() && (answer == Answer::Unavailable || answer == Answer::None)) {
        problem = problemOnce(answer);
    }
    value = SessionSecrets::instance().value(name.keychainEntry);
    const Place place = value.isEmpty() ? Place::Nowhere : Place::Session;
    return {std::move(value), place, problem};
}

SecretStore::Standing SecretStore::whereIs(const Name &name) const
{
    const Secret secret = readNow(name);
    QString sentence = sentenceFor(secret.place, name);
    if (!secret.problem.isEmpty()) {
        sentence = secret.problem % u' ' % sentence;
    }
    return {secret.place, sentence};
}

QString SecretStore::sentenceFor(Place place, const Name &name)
{
    switch (place) {
    case Place::Environment:
        return tr("From %1 in the environment.").arg(QString::fromUtf8(name.variable));
    case Place::Keychain:
        return tr("From the desktop's keychain.");
    case Place::Session:
        return tr("Kept in memory until the program ends.");
    case Place::Nowhere:
        break;
    }
    return tr("No key is kept.");
}

void SecretStore::keepForSession(const Name &name, const QByteArray &value)
{
    if (value.isEmpty()) {
        SessionSecrets::instance().remove(name.keychainEntry);
    } else {
        SessionSecrets::instance().set(name.keychainEntry, value);
    }
}

Result<void> SecretStore::writeNow(const Name &name, const QByteArray &value)
{
    if (value.isEmpty()) {
        return forget(name); // an empty password cannot be told from none
    }
    Answer answer = Answer::Unavailable;
    QByteArray readBack;
    if (hasDesktopSession()) {
        auto *job = new QKeychain::WritePasswordJob(QStringLiteral("timeline-orchestrator"));
        job->setBinaryData(value);
        answer = ask(job, name.keychainEntry, ChangePatience);
        if (answer == Answer::Done) {
            answer = readKeychain(name.keychainEntry, &readBack);
        }
    }
    const bool isKept = answer == Answer::Done && readBack == value;
    const bool isOlder = answer == Answer::Done && !isKept;
    wipe(readBack);
    if (isKept) {
        SessionSecrets::instance().remove(name.keychainEntry);
        return {};
    }
    keepForSession(name, value);
    if (isOlder) {
        return fail(tr("The keychain still holds another key, which goes before the new "
                       "one. The new one is kept until the program ends."));
    }
    return fail(tr("The keychain is not available. The key is kept until the program "
                   "ends."));
}

Result<void> SecretStore::forget(const Name &name)
{
    SessionSecrets::instance().remove(name.keychainEntry);
    QStringList rest;
    if (hasDesktopSession()) {
        auto *job = new QKeychain::DeletePasswordJob(QStringLiteral("timeline-orchestrator"));
        Answer answer = ask(job, name.keychainEntry, ChangePatience);
        if (answer == Answer::Done || answer == Answer::NoEntry) {
            QByteArray left;
            answer = readKeychain(name.keychainEntry, &left);
            wipe(left);
        }
        if (answer == Answer::Done) {
            rest << tr("The key is still in the keychain.");
        } else if (answer != Answer::NoEntry) {
            rest << tr("The keychain is not available, so a key in it stays there.");
        }
    }
    if (isInEnvironment(name)) {
        rest << tr("The key is still in the environment as %1, which the program cannot "
                   "change.")
                    .arg(QString::fromUtf8(name.variable));
    }
    return rest.isEmpty() ? Result<void>() : fail(rest.join(u' '));
}
