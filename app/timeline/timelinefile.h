// SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/jsontext.h"
#include "app/model/timeline.h"
#include "app/timeline/readremark.h"

#include <QByteArray>
#include <QHash>
#include <QSet>

/** The place of a value in the file, for errors and for jumping to a problem. */
struct FilePlace
{
    int line = 0;
    int column = 0;
};

/**
 * A timeline together with the text it was read from. Writing it again changes only what differs:
 * unknown keys, their order, comments, indentation and number spelling elsewhere stay. Of the text
 * it keeps the bytes alone: a tree of them takes more room than they do, and is read again in the
 * few moments when it is wanted.
 */
class TimelineFile
{
public:
    /** The largest file that is read: 512 MB. */
    static constexpr qint64 MaximumBytes = 512LL * 1024 * 1024;

    /** An empty timeline, not yet on disk. */
    TimelineFile();

    /**
     * Refuses unread what isn't a regular file and what is larger than MaximumBytes. An error in
     * the text carries its place; nothing is half loaded. Pins beside the file are read with it.
     */
    static Result<TimelineFile> load(const QString &path);
    /** Reads a text; fallbackName is used if it names no timeline. */
    static Result<TimelineFile> parse(const QByteArray &text, const QString &fallbackName);

    const Timeline &timeline() const { return m_timeline; }
    const QByteArray &text() const { return m_text; }

    /** Makes a session id, for an incident whose file gives it none; such ids are not written. */
    static QString makeId();
    /** Returns whether makeId() made it in this session; a file may have others of that form. */
    static bool isMadeId(const QString &id);
    static bool isSessionId(const QString &id);

    enum class Pins {
        AsTheFileSays, ///< those of a timeline with a pins_file go there
        Inside,        ///< all of them, for what has to be whole by itself
    };
    /** Returns what the file would hold for this timeline; its own text if nothing differs. */
    QByteArray textFor(const Timeline &timeline, Pins pins = Pins::AsTheFileSays) const;
    /** Writes as writeWholeFile() does: the old file stays if anything fails. */
    static Result<void> write(const QString &path, const QByteArray &text);

    /** Gives the incidents other ids, in their order; as many as there are incidents. */
    void setIds(const QStringList &ids);
    /** Takes the pins of the timeline's pins_file, by written id; those in the text win. */
    void adoptPins(const QHash<QString, Pin> &pins);

    /** The text as it is looked up in. */
    class Tree
    {
    public:
        /** The bytes of a value by its JSON pointer, comments within included; empty for none. */
        QByteArray spellingOf(const QString &pointer) const;
        /** The place of a value by its JSON pointer; zeros if the text has none. */
        FilePlace placeOf(const QString &pointer) const;

    private:
        friend class TimelineFile;
        explicit Tree(JsonText json)
            : m_json(std::move(json))
        {}

        JsonText m_json;
    };
    /** Reads the text again: for several look-ups, keep it. */
    Tree tree() const { return Tree(json()); }

    /** Keys missing in the text for which a default was taken: "name", "duration_minutes", … */
    const QStringList &missingKeys() const { return m_missing; }
    /**
     * Returns what was passed over or read with advice, in the order of the text. Of it, what a
     * timeline that was edited since has not given another value; rows and pointers are those of
     * `now`.
     */
    QList<ReadRemark> remarksOn(const Timeline &now) const;

    /** Returns it as it goes to its pins_file: without the pins that have to stay in the text. */
    Timeline forPinsFile(const Timeline &timeline) const;

private:
    struct Unread
    {};
    explicit TimelineFile(Unread) {}
    JsonText json() const;
    Timeline withPinsBeside(const Timeline &timeline) const;
    QSet<QString> foreignIds() const;

    Timeline m_timeline;
    QByteArray m_text;
    QStringList m_missing;
    QList<ReadRemark> m_remarks;
    QSet<QString> m_pinsBeside; ///< the incidents whose pins are not in the text
};
