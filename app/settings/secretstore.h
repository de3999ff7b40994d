// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

/**
 * Where keys are kept: the environment first, then the desktop's keychain. A key is never written
 * to a file, a log or an error by this program.
 */
class SecretStore
{
public:
    enum class Place { Nowhere, Environment, Keychain };

    /** Names one secret in each of its places. */
    struct Name
    {
        const char *variable;
        QString keychainEntry;
    };
    /** The incident API's key: TIMELINE_API_KEY, and "incident-api" in the keychain. */
    static Name apiKey();

    struct Secret
    {
        QByteArray value;
        Place place = Place::Nowhere;
        /** Why the keychain could not be asked; empty where it could, or was not needed. */
        QString problem;
    };

    /** Waits for the keychain for two seconds at most, in a local event loop. */
    Secret readNow(const Name &name) const;
};
