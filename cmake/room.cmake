# SPDX-FileCopyrightText: 2026 The Timeline Orchestrator authors
# SPDX-License-Identifier: GPL-3.0-or-later

# The most sources that are compiled as one. Most rooms fit in, and none is cut into unequal parts.
set(ORCHESTRATOR_BATCH 12)

# orchestrator_room(app/engine [PROGRAM name] [DEPENDS app/base …] [QT Network …] [PRIVATE ZLIB::ZLIB …]
#                   SOURCES …)
#
# A room is a folder of app/ or ui/ and a static library, app-engine; with PROGRAM, it is a program that
# nothing depends on. It sees the headers of the rooms in DEPENDS, and of those that they depend on, as
# "app/engine/player.h"; of the others it sees none: there is no include folder that has them. DEPENDS
# names what the room itself includes, no more and no less (tests/base/room_arrows.py compares).
# QT names modules of Qt that headers of the room include, PRIVATE libraries that only its sources use.
function(orchestrator_room room)
    cmake_parse_arguments(ARG "" "PROGRAM" "DEPENDS;QT;PRIVATE;SOURCES" ${ARGN})
    string(REPLACE "/" "-" name "${room}")
    string(REPLACE "/" "::" alias "${room}")
    list(TRANSFORM ARG_DEPENDS REPLACE "/" "::")
    list(TRANSFORM ARG_QT PREPEND "Qt6::")

    # A folder that holds nothing but a link to this room.
    set(root "${CMAKE_BINARY_DIR}/rooms/${name}")
    get_filename_component(side "${room}" DIRECTORY)
    file(MAKE_DIRECTORY "${root}/${side}")
    file(CREATE_LINK "${CMAKE_CURRENT_SOURCE_DIR}" "${root}/${room}" SYMBOLIC)

    if(ARG_PROGRAM)
        set(name "${ARG_PROGRAM}")
        add_executable(${name} ${ARG_SOURCES})
    else()
        add_library(${name} STATIC ${ARG_SOURCES})
        add_library(${alias} ALIAS ${name})
    endif()
    target_include_directories(${name} PUBLIC "${root}")
    target_link_libraries(${name}
        PUBLIC orchestrator-options ${ARG_DEPENDS} Qt6::Core ${ARG_QT}
        PRIVATE ${ARG_PRIVATE})

    # moc reads headers; it need not wait for the libraries of other rooms.
    set_target_properties(${name} PROPERTIES AUTOGEN_ORIGIN_DEPENDS OFF)
    if(ARG_PROGRAM)
        return()
    endif()

    # What moc writes would be a unit of its own in every room; included, it joins a batch.
    set(mocs "${CMAKE_CURRENT_BINARY_DIR}/${name}_autogen/mocs_compilation.cpp")
    set_source_files_properties("${mocs}" PROPERTIES HEADER_FILE_ONLY ON)
    set(moc "${CMAKE_CURRENT_BINARY_DIR}/${name}_moc.cpp")
    file(CONFIGURE OUTPUT "${moc}" CONTENT "#include \"${mocs}\"\n")
    set_source_files_properties("${moc}" PROPERTIES SKIP_AUTOMOC ON)
    target_sources(${name} PRIVATE "${moc}")

    set(sources "${ARG_SOURCES};${moc}")
    list(FILTER sources INCLUDE REGEX "\\.cpp$")
    list(LENGTH sources count)
    math(EXPR batches "(${count} + ${ORCHESTRATOR_BATCH} - 1) / ${ORCHESTRATOR_BATCH}")
    math(EXPR batch "(${count} + ${batches} - 1) / ${batches}")
    set_target_properties(${name} PROPERTIES
        UNITY_BUILD ${ORCHESTRATOR_UNITY}
        UNITY_BUILD_BATCH_SIZE ${batch})
    set_property(GLOBAL APPEND PROPERTY ORCHESTRATOR_ROOMS_${side} ${name})
endfunction()

# orchestrator_rooms(timeline-core app …): a library that brings all rooms of app/ and the libraries named.
function(orchestrator_rooms name side)
    get_property(rooms GLOBAL PROPERTY ORCHESTRATOR_ROOMS_${side})
    # With a source it is a target of the build, and building it builds the rooms.
    add_library(${name} INTERFACE CMakeLists.txt)
    target_link_libraries(${name} INTERFACE ${rooms} ${ARGN})
    add_dependencies(${name} ${rooms})
endfunction()
