// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/settings/secretstore.h"

#include <QHash>
#include <QMutex>
#include <QStringList>
#include <QTimer>

#include <algorithm>
#include <atomic>
#include <functional>
#include <memory>
#include <qt6keychain/keychain.h>
#include <utility>

namespace {

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
/** `value` is what was read; whoever takes it wipes it. */
using Take = std::function<void(Answer answer, QByteArray value)>;

/** Answers from the event loop without asking. */
void answerLater(Answer answer, const Take &take)
{
    QMetaObject::invokeMethod(
        QCoreApplication::instance(), [answer, take] { take(answer, {}); }, Qt::QueuedConnection);
}

/**
 * Starts the job, which deletes itself when it finishes, even if that is after the patience has run
 * out. The first of the two answers; what comes after it is wiped.
 */
void ask(QKeychain::Job *job, const QString &entry, std::chrono::milliseconds patience,
         const Take &take)
{
    job->setKey(entry);
    auto isAnswered = std::make_shared<bool>(false);
    QObject::connect(job, &QKeychain::Job::finished, QCoreApplication::instance(),
                     [isAnswered, take](QKeychain::Job *finished) {
                         // Whatever else it says means that there is none: no D-Bus is an "other
                         // error".
                         const Answer answer =
                             finished->error() == QKeychain::NoError         ? Answer::Done
                             : finished->error() == QKeychain::EntryNotFound ? Answer::NoEntry
                                                                             : Answer::Unavailable;
                         auto *read = qobject_cast<QKeychain::ReadPasswordJob *>(finished);
                         QByteArray value =
                             read && answer == Answer::Done ? read->binaryData() : QByteArray();
                         if (std::exchange(*isAnswered, true)) {
                             wipe(value);
                         } else {
                             take(answer, std::move(value));
                         }
                     });
    QTimer::singleShot(patience, QCoreApplication::instance(), [isAnswered, take] {
        if (!std::exchange(*isAnswered, true)) {
            take(Answer::None, {});
        }
    });
    job->start();
}

void readKeychain(const QString &entry, const Take &take)
{
    if (hasDesktopSession()) {
        ask(new QKeychain::ReadPasswordJob(QStringLiteral("timeline-orchestrator")), entry,
            SecretStore::ReadPatience, take);
    } else {
        answerLater(Answer::Unavailable, take);
    }
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

void SecretStore::read(const Name &name, const Continuation<Secret> &done) const
{
    if (isInEnvironment(name)) {
        done.callLater(QCoreApplication::instance(),
                       {qgetenv(name.variable.constData()), Place::Environment, {}});
        return;
    }
    readKeychain(name.keychainEntry,
                 [entry = name.keychainEntry, done](Answer answer, QByteArray value) {
                     if (answer == Answer::Done && !value.isEmpty()) {
                         done({std::move(value), Place::Keychain, {}});
                         return;
                     }
                     // That there is no session, as for most servers, is no news to anybody.
                     const bool isNews = hasDesktopSession() &&
                                         (answer == Answer::Unavailable || answer == Answer::None);
                     const QString problem = isNews ? problemOnce(answer) : QString();
                     value = SessionSecrets::instance().value(entry);
                     const Place place = value.isEmpty() ? Place::Nowhere : Place::Session;
                     done({std::move(value), place, problem});
                 });
}

void SecretStore::whereIs(const Name &name, const Continuation<Standing> &done) const
{
    // The guard of `done` is looked at when the answer is there.
    read(name, {QCoreApplication::instance(), [name, done](const Secret &secret) {
                    QString sentence = sentenceFor(secret.place, name);
                    if (!secret.problem.isEmpty()) {
                        sentence = secret.problem % u' ' % sentence;
                    }
                    done({secret.place, sentence});
                }});
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

void SecretStore::write(const Name &name, const QByteArray &value,
                        const Continuation<Result<void>> &done)
{
    if (value.isEmpty()) {
        forget(name, done); // an empty password cannot be told from none
        return;
    }
    const auto end = [name, value, done](Answer answer, QByteArray readBack) {
        const bool isKept = answer == Answer::Done && readBack == value;
        const bool isOlder = answer == Answer::Done && !isKept;
        wipe(readBack);
        if (isKept) {
            SessionSecrets::instance().remove(name.keychainEntry);
            done(Result<void>());
            return;
        }
        SessionSecrets::instance().set(name.keychainEntry, value);
        done(fail(isOlder ? tr("The keychain still holds another key, which goes before the new "
                               "one. The new one is kept until the program ends.")
                          : tr("The keychain is not available. The key is kept until the program "
                               "ends.")));
    };
    if (!hasDesktopSession()) {
        answerLater(Answer::Unavailable, end);
        return;
    }
    auto *job = new QKeychain::WritePasswordJob(QStringLiteral("timeline-orchestrator"));
    job->setBinaryData(value);
    ask(job, name.keychainEntry, ChangePatience,
        [entry = name.keychainEntry, end](Answer answer, const QByteArray &) {
            if (answer == Answer::Done) {
                readKeychain(entry, end);
            } else {
                end(answer, {});
            }
        });
}

void SecretStore::forget(const Name &name, const Continuation<Result<void>> &done)
{
    SessionSecrets::instance().remove(name.keychainEntry);
    const auto end = [name, done, wasAsked = hasDesktopSession()](Answer answer, QByteArray left) {
        wipe(left);
        QStringList rest;
        if (wasAsked && answer == Answer::Done) {
            rest << tr("The key is still in the keychain.");
        } else if (wasAsked && answer != Answer::NoEntry) {
            rest << tr("The keychain is not available, so a key in it stays there.");
        }
        if (isInEnvironment(name)) {
            rest << tr("The key is still in the environment as %1, which the program cannot "
                       "change.")
                        .arg(QString::fromUtf8(name.variable));
        }
        done(rest.isEmpty() ? Result<void>() : fail(rest.join(u' ')));
    };
    if (!hasDesktopSession()) {
        answerLater(Answer::Unavailable, end);
        return;
    }
    ask(new QKeychain::DeletePasswordJob(QStringLiteral("timeline-orchestrator")),
        name.keychainEntry, ChangePatience,
        [entry = name.keychainEntry, end](Answer answer, const QByteArray &) {
            if (answer == Answer::Done || answer == Answer::NoEntry) {
                readKeychain(entry, end);
            } else {
                end(answer, {});
            }
        });
}
