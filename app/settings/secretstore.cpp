// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/settings/secretstore.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QTimer>

#include <qt6keychain/keychain.h>

namespace {

constexpr int KeychainPatience = 2000; // ms; a locked keychain asks its user, who may not be there

}

SecretStore::Name SecretStore::apiKey()
{
    return {"TIMELINE_API_KEY", QStringLiteral("incident-api")};
}

SecretStore::Secret SecretStore::readNow(const Name &name) const
{
    const QByteArray set = qgetenv(name.variable);
    if (!set.isEmpty()) {
        return {set, Place::Environment, {}};
    }
    if (qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS") &&
        qEnvironmentVariableIsEmpty("XDG_RUNTIME_DIR")) {
        return {}; // no session, so no keychain: not worth the wait
    }
    // On the heap: it deletes itself when it finishes, be that after the patience has run out.
    auto *job = new QKeychain::ReadPasswordJob(QStringLiteral("timeline-orchestrator"));
    job->setKey(name.keychainEntry);
    QEventLoop loop;
    Secret secret;
    QObject::connect(job, &QKeychain::Job::finished, &loop, [&](QKeychain::Job *finished) {
        if (finished->error() == QKeychain::NoError) {
            secret = {static_cast<QKeychain::ReadPasswordJob *>(finished)->binaryData(),
                      Place::Keychain,
                      {}};
        } else if (finished->error() != QKeychain::EntryNotFound) {
            secret.problem =
                QCoreApplication::translate("SecretStore", "The keychain is not available.");
        }
        loop.quit();
    });
    QTimer::singleShot(KeychainPatience, &loop, [&] {
        secret.problem = QCoreApplication::translate("SecretStore", "The keychain did not answer.");
        loop.quit();
    });
    job->start();
    loop.exec();
    return secret;
}
